package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.weights.ElementType;
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
    @CsvSource({"FLOAT32, 28, 29", "BFLOAT16, 14, 15", "INT8, 8, 9", "INT4, 6, 7"})
    void publishedWeightsNeedLessInSmallerKinds(Precision precision, long least, long most) {
        assertThat(MemoryNeed.weightBytes(ModelDimensions.published(), precision))
                .isBetween(least * GIBIBYTE, most * GIBIBYTE);
    }

    @ParameterizedTest(name = "{0} GiB, {1} in products: {2}")
    @CsvSource({
        "64, FLOAT32, FLOAT32",
        "64, BFLOAT16, BFLOAT16",
        "32, FLOAT32, BFLOAT16",
        "32, BFLOAT16, BFLOAT16",
        "16, BFLOAT16, INT8",
        "12, BFLOAT16, INT4",
        "8, BFLOAT16, INT4"
    })
    void takesTheFirstPrecisionThatFits(long memory, ElementType processor, Precision expected) {
        assertThat(MemoryNeed.choose(Precision.AUTO, ModelDimensions.published(), memory * GIBIBYTE, processor))
                .isEqualTo(expected);
    }

    @Test
    void smallWeightsStayInFloat32() {
        assertThat(MemoryNeed.choose(
                        Precision.AUTO, RandomModelSize.tiny().dimensions(), 64 * GIBIBYTE, ElementType.BFLOAT16))
                .isEqualTo(Precision.FLOAT32);
    }

    @Test
    void namesAPrecisionThatFitsWhereTheChosenOneDoesNot() {
        assertThatThrownBy(() -> MemoryNeed.choose(
                        Precision.BFLOAT16, ModelDimensions.published(), 12 * GIBIBYTE, ElementType.BFLOAT16))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("14.4 GiB in bfloat16")
                .hasMessageContaining("has 12.0 GiB")
                .hasMessageContaining("sextant.model.precision=int8");
        assertThatThrownBy(() -> MemoryNeed.choose(
                        Precision.AUTO, ModelDimensions.published(), 4 * GIBIBYTE, ElementType.BFLOAT16))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("no precision needs less")
                .hasMessageContaining("a larger machine");
    }
}
