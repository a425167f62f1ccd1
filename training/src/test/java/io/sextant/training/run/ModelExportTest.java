package io.sextant.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.training.device.ModelTensors;
import io.sextant.training.device.NamedTensor;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.stage.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest {
    @TempDir
    private Path directory;

    @Test
    void coreOpensWhatWasWrittenWithTheSameNumbers() {
        RunModel model = TinyRuns.model(directory);
        Path out = directory.resolve("model");
        new ModelExport(model.dimensions(), model.parts(), ElementType.FLOAT32)
                .write(out, "tiny", directory.resolve("tokenizer.json"));

        ModelFolder folder = ModelFolder.open(out);
        assertThat(folder.name()).isEqualTo("tiny");
        assertThat(folder.dimensions()).isEqualTo(model.dimensions());
        try (TrainableModel program =
                TrainableModel.create(folder.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU)) {
            ModelTensors read = ModelTensors.read(folder, program);
            assertSame(read.encoder(), model.parts().of(Part.ENCODER));
            assertSame(read.decoder(), model.parts().of(Part.DECODER));
            assertSame(read.projection(), model.parts().of(Part.PROJECTION));
            assertSame(read.adapter(), model.parts().of(Part.ADAPTER));
        }
    }

    @Test
    void roundsToTheTypeAskedFor() {
        RunModel model = TinyRuns.model(directory);
        Path out = directory.resolve("model");
        new ModelExport(model.dimensions(), model.parts(), ElementType.BFLOAT16)
                .write(out, "tiny", directory.resolve("tokenizer.json"));
        NamedTensor written = model.parts().of(Part.PROJECTION).get(0);
        float[] read = Objects.requireNonNull(ModelFolder.open(out).checkpoint().get(written.name()))
                .readFloats();
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i]).isCloseTo(written.values()[i], Percentage.withPercentage(0.4));
        }
    }

    @Test
    void neverWritesOverAModel() {
        RunModel model = TinyRuns.model(directory);
        ModelExport export = new ModelExport(model.dimensions(), model.parts(), ElementType.FLOAT32);
        export.write(directory.resolve("model"), "tiny", directory.resolve("tokenizer.json"));
        assertThatThrownBy(() -> export.write(directory.resolve("model"), "tiny", directory.resolve("tokenizer.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("name a new folder");
    }

    private static void assertSame(List<NamedTensor> read, List<NamedTensor> written) {
        Map<String, NamedTensor> byName =
                read.stream().collect(Collectors.toMap(NamedTensor::name, Function.identity()));
        assertThat(byName).hasSize(written.size());
        for (NamedTensor tensor : written) {
            assertThat(byName).containsKey(tensor.name());
            assertThat(Objects.requireNonNull(byName.get(tensor.name())).values())
                    .as(tensor.name())
                    .isEqualTo(tensor.values());
        }
    }
}
