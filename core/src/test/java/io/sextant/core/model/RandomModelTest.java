package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ExpectedTensors;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomModelTest {
    @TempDir
    Path directory;

    static List<RandomModelSize> sizes() {
        ModelDimensions grouped = new ModelDimensions(
                new VisionDimensions(28, 7, 12, 3, 1, 20, 1e-6, 1e-5, 2),
                new DecoderDimensions(24, 3, 6, 2, 40, RandomModelSize.smallestVocabulary() + 5, 256, 1e-6, 50000),
                new LoraDimensions(3, 6));
        return List.of(
                RandomModelSize.tiny(),
                RandomModelSize.tiny().withShardBytes(20_000),
                RandomModelSize.small(),
                RandomModelSize.of(grouped),
                new RandomModelSize(grouped, 1, 4, 10_000, true));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void opensAsTheModelItWasWrittenFor(RandomModelSize size) {
        RandomModel.write(directory.resolve("model"), size, 7);

        ModelFolder model = ModelFolder.open(directory.resolve("model"));

        assertThat(model.dimensions()).isEqualTo(size.dimensions());
        assertThat(model.name()).isEqualTo("model");
        assertThat(model.vision().keySet())
                .containsExactlyElementsOf(
                        ExpectedTensors.vision(size.dimensions().vision()).keySet());
        assertThat(model.decoder().keySet())
                .containsExactlyElementsOf(
                        ExpectedTensors.decoder(size.dimensions().decoder()).keySet());
        assertThat(model.checkpoint().keySet())
                .containsExactlyElementsOf(
                        ExpectedTensors.checkpoint(size.dimensions()).keySet());
        boolean surplus = size.blocksInFile() > size.dimensions().vision().blocks();
        assertThat(model.surplusVision()).hasSize(surplus ? 13 : 0);
    }

    @Test
    void keepsTheSizeOfActivations() {
        RandomModelSize size = RandomModelSize.small();
        RandomModel.write(directory.resolve("model"), size, 1);
        ModelFolder model = ModelFolder.open(directory.resolve("model"));

        int hidden = size.dimensions().decoder().hidden();
        assertThat(variance(model.decoder(), "model.layers.0.self_attn.q_proj.weight") * hidden)
                .isBetween(0.9, 1.1);
        assertThat(variance(model.vision(), "blocks.0.mlp.fc1.weight")
                        * size.dimensions().vision().width())
                .isBetween(0.9, 1.1);
        assertThat(variance(model.checkpoint(), "llama_proj.weight")
                        * size.dimensions().vision().projectorInput())
                .isBetween(0.9, 1.1);
        assertThat(tensor(model.decoder(), "model.norm.weight").readFloats()).containsOnly(1f);
    }

    @Test
    void mediumOpensAsHalfTheWidthsOfTheReleasedModel() {
        RandomModel.writeSparse(directory.resolve("model"), RandomModelSize.medium());

        ModelDimensions medium = ModelFolder.open(directory.resolve("model")).dimensions();

        ModelDimensions released = ModelDimensions.published();
        assertThat(2 * medium.decoder().hidden()).isEqualTo(released.decoder().hidden());
        assertThat(2 * medium.decoder().intermediate())
                .isEqualTo(released.decoder().intermediate());
        assertThat(4 * medium.decoder().layers()).isEqualTo(released.decoder().layers());
        assertThat(2 * medium.vision().width()).isEqualTo(released.vision().width());
        assertThat(medium.vision().visualTokens()).isEqualTo(released.vision().visualTokens());
    }

    @Test
    void writesTheSameBytesForTheSameSeed() {
        RandomModelSize size = RandomModelSize.tiny().withShardBytes(20_000);
        RandomModel.write(directory.resolve("first"), size, 42);
        RandomModel.write(directory.resolve("second"), size, 42);
        RandomModel.write(directory.resolve("other"), size, 43);

        assertThat(contents(directory.resolve("first"))).isEqualTo(contents(directory.resolve("second")));
        assertThat(fingerprint("first")).isEqualTo(fingerprint("second")).isNotEqualTo(fingerprint("other"));
    }

    @Test
    void refusesToWriteOverAModel() {
        RandomModel.write(directory, RandomModelSize.tiny(), 1);

        assertThatThrownBy(() -> RandomModel.write(directory, RandomModelSize.tiny(), 2))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(directory.toString());
        assertThat(ModelInspector.inspect(directory, true).problems()).isEmpty();
    }

    @Test
    void refusesAVocabularySmallerThanTheTokenizer() {
        ModelDimensions tiny = RandomModelSize.tiny().dimensions();
        DecoderDimensions decoder = new DecoderDimensions(32, 2, 4, 4, 64, 100, 512, 1e-5, 10000);

        assertThatThrownBy(() -> RandomModelSize.of(new ModelDimensions(tiny.vision(), decoder, tiny.lora())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was 100");
    }

    private String fingerprint(String name) {
        return ModelFolder.open(directory.resolve(name)).fingerprint();
    }

    private static StoredTensor tensor(Map<String, StoredTensor> tensors, String key) {
        return Objects.requireNonNull(tensors.get(key), key);
    }

    private static double variance(Map<String, StoredTensor> tensors, String key) {
        float[] values = tensor(tensors, key).readFloats();
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum / values.length;
    }

    private static Map<String, String> contents(Path folder) {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(contents).isNotEmpty();
        return contents;
    }
}
