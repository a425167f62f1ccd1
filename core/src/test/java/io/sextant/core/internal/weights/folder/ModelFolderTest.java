package io.sextant.core.internal.weights.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.GoldenModel;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.TensorValues;
import io.sextant.core.internal.weights.WritableTensor;
import io.sextant.core.internal.weights.safetensors.SafetensorsWriter;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeModel() {
        RandomModel.write(folder, RandomModelSize.tiny().withShardBytes(20_000), 5);
    }

    @Test
    void opensALinkToTheSameModelWithTheSameFingerprint() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        try {
            assertThat(ModelFolder.open(link).fingerprint())
                    .isEqualTo(ModelFolder.open(folder).fingerprint());
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void tiedEmbeddingsServeAsTheHead() throws IOException {
        Path decoder = folder.resolve("llama");
        List<WritableTensor> kept = new ArrayList<>();
        ModelFolder.open(folder).decoder().forEach((key, tensor) -> {
            if (!key.equals("lm_head.weight")) {
                List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
                kept.add(WritableTensor.of(key, tensor.type(), shape, TensorValues.of(tensor.readFloats())));
            }
        });
        SafetensorsWriter.write(decoder.resolve("model.safetensors"), kept);
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("lm_head.weight is missing");

        edit(decoder.resolve("config.json"), config -> config.addProperty("tie_word_embeddings", true));

        Map<String, StoredTensor> tensors = ModelFolder.open(folder).decoder();
        assertThat(GoldenModel.tensor(tensors, "lm_head.weight").byteOffset())
                .isEqualTo(
                        GoldenModel.tensor(tensors, "model.embed_tokens.weight").byteOffset());
    }

    @Test
    void refusesFieldsThatAreUnknownMissingOrContradictory() throws IOException {
        assertRefused(json -> json.addProperty("image_sise", 56), "image_sise");
        assertRefused(json -> json.getAsJsonObject("vision").addProperty("depth", 2), "vision.depth");
        assertRefused(json -> json.remove("patch_size"), "patch_size");
        assertRefused(json -> json.addProperty("visual_tokens", 5), "visual_tokens");
        assertRefused(json -> json.getAsJsonObject("vision").addProperty("grid", 5), "vision.grid");
        assertRefused(json -> json.getAsJsonObject("lora").addProperty("scaling", 0.5), "lora.scaling");
        assertRefused(
                json -> json.getAsJsonObject("lora").getAsJsonArray("targets").add("k_proj"), "k_proj");
        assertRefused(json -> json.addProperty("vocabulary", 7), "vocabulary");
        assertRefused(json -> json.addProperty("image_size", 57), "image_size");
        assertRefused(json -> json.getAsJsonObject("files").addProperty("checkpoint", "absent.pth"), "absent.pth");
        assertRefused(json -> json.getAsJsonObject("files").addProperty("llama", "nowhere"), "nowhere");
    }

    @Test
    void refusesShardsThatDoNotFitTheirIndex() throws IOException {
        Path index = folder.resolve("llama/model.safetensors.index.json");
        String original = Files.readString(index);
        for (String name : List.of("../a", "/etc/passwd", "..", "", "a\\\\b", "C:x", "a\\u0000b", "a\\ud800b")) {
            Files.writeString(
                    index, original.replaceFirst("model-00001-of-\\d+.safetensors", name.replace("\\", "\\\\")));
            assertThatThrownBy(() -> ModelFolder.open(folder))
                    .as(name)
                    .isInstanceOf(ModelFilesException.class)
                    .hasMessageContaining("index.json");
        }
        Files.writeString(index, "{\"weight_map\": {}}");
        assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining("weight_map");
    }

    @Test
    void findsTheCheckpointByItsPlaceWithoutADescription() throws IOException {
        Files.delete(folder.resolve("sextant.json"));
        Files.move(folder.resolve("minigptv2_checkpoint.pth"), folder.resolve("checkpoint_stage3.pth"));

        ModelDescription description = ModelFolderLayout.describe(folder);

        assertThat(description.checkpoint()).hasFileName("checkpoint_stage3.pth");
        assertThat(description.decoderFolder()).hasFileName("llama");
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("published")
                .hasMessageContaining("expected");
    }

    private void assertRefused(Consumer<JsonObject> change, String reason) throws IOException {
        Path description = folder.resolve("sextant.json");
        String original = Files.readString(description);
        edit(description, change);
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(reason);
        Files.writeString(description, original);
    }

    private static void edit(Path file, Consumer<JsonObject> change) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        change.accept(json);
        Files.writeString(file, json.toString());
    }
}
