package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {
    private static final long GIBIBYTE = 1L << 30;

    @ParameterizedTest
    @CsvSource({"FLOAT32, 4", "BFLOAT16, 2", "FLOAT16, 2", "AUTO, 4"})
    void countsTheTensorsOfTheFilesWithoutTheAdapter(Precision precision, int bytes, @TempDir Path directory) {
        RandomModelSize size = RandomModelSize.tiny();
        RandomModel.write(directory.resolve("tiny"), size, 3);
        ModelFolder folder = ModelFolder.open(directory.resolve("tiny"));
        long values = Stream.of(folder.vision(), folder.decoder(), folder.checkpoint())
                .flatMap(tensors -> tensors.entrySet().stream())
                .filter(tensor -> !tensor.getKey().contains("lora_"))
                .filter(tensor -> !tensor.getKey().startsWith("ln_vision"))
                .filter(tensor -> !tensor.getKey().equals("pos_embed"))
                .map(Map.Entry::getValue)
                .mapToLong(StoredTensor::elementCount)
                .sum();
        long positions = (long) (size.dimensions().vision().patches() + 1)
                * size.dimensions().vision().width();

        assertThat(MemoryNeed.weightBytes(size.dimensions(), precision)).isEqualTo(bytes * (values + positions));
    }

    @Test
    void publishedWeightsNeedSevenAndThreeQuartersBillionValues() {
        assertThat(MemoryNeed.weightBytes(ModelDimensions.published(), Precision.BFLOAT16) / 2)
                .isBetween(7_700_000_000L, 7_800_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 28, 29", "BFLOAT16, 14, 15", "INT8, 7, 8", "INT4, 5, 6"})
    void publishedWeightsNeedLessInSmallerKinds(Precision precision, long least, long most) {
        assertThat(MemoryNeed.weightBytes(ModelDimensions.published(), precision))
                .isBetween(least * GIBIBYTE, most * GIBIBYTE);
    }
}
