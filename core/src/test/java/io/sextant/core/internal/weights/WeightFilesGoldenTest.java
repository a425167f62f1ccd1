package io.sextant.core.internal.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.internal.weights.folder.DecoderFolder;
import io.sextant.core.internal.weights.folder.ModelDescription;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.core.internal.weights.folder.WeightPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The weight files of the golden set load to the values they stand for, in every spelling and layout. */
class WeightFilesGoldenTest {
    private final GoldenSet golden = GoldenSet.open();
    private final ModelDescription description = GoldenModel.description(golden);

    @Test
    void readsTheDimensionsOfTheModel() {
        ModelFolder model = GoldenModel.open(golden);
        JsonObject json = golden.json("model.json");
        JsonObject visionJson = json.getAsJsonObject("vision");
        JsonObject config =
                golden.json(json.getAsJsonObject("files").get("llama").getAsString() + "/config.json");

        assertThat(model.dimensions().vision().grid())
                .isEqualTo(visionJson.get("grid").getAsInt());
        assertThat(model.dimensions().vision().visualTokens())
                .isEqualTo(json.get("visual_tokens").getAsInt());
        assertThat(model.dimensions().vision().blocks())
                .isEqualTo(visionJson.get("blocks_used").getAsInt());
        assertThat(model.dimensions().lora().scaling())
                .isEqualTo(json.getAsJsonObject("lora").get("scaling").getAsDouble());
        assertThat(model.dimensions().decoder().vocabulary())
                .isEqualTo(json.get("vocabulary").getAsInt());
        assertThat(model.dimensions().decoder().contextLength())
                .isEqualTo(config.get("max_position_embeddings").getAsInt());
        assertThat(model.fingerprint())
                .matches("[0-9a-f]{64}")
                .isEqualTo(GoldenModel.open(golden).fingerprint());
    }

    @Test
    void keepsThePositionEmbeddingOfTheFile() {
        GoldenTensors.Tensor stored =
                golden.tensors("golden/vision.safetensors").get("pos_embed.file");
        StoredTensor read = GoldenModel.tensor(GoldenModel.open(golden).vision(), "pos_embed");

        assertThat(read.shape()).isEqualTo(stored.shape());
        Coverage coverage = new Coverage("stored position embedding", List.of("pos_embed.file"));
        coverage.compare("pos_embed.file", read.readFloats(), stored.values(), 0);
        coverage.assertComplete();
    }

    @Test
    void dropsTheSurplusBlockAndListsIt() {
        JsonObject visionJson = golden.json("model.json").getAsJsonObject("vision");
        int used = visionJson.get("blocks_used").getAsInt();
        int inFile = visionJson.get("blocks_in_file").getAsInt();
        ModelFolder model = GoldenModel.open(golden);

        Pattern usedBlock = Pattern.compile("blocks\\.(\\d+)\\..*");
        assertThat(blocks(model.vision().keySet(), usedBlock)).hasSize(used).allMatch(block -> block < used);
        assertThat(blocks(model.surplusVision(), usedBlock))
                .hasSize(inFile - used)
                .allMatch(block -> block >= used);
    }

    @Test
    void bothDecoderFormatsHoldTheSameValues() {
        JsonObject files = golden.json("model.json").getAsJsonObject("files");
        WeightPart safetensors = DecoderFolder.open(
                        golden.path(files.get("llama").getAsString()))
                .inspect()
                .orThrow();
        DecoderFolder torchFolder =
                DecoderFolder.open(golden.path(files.get("llama_bin").getAsString()));
        WeightPart torch = torchFolder.inspect().orThrow();

        assertThat(torchFolder.dimensions())
                .isEqualTo(GoldenModel.open(golden).dimensions().decoder());
        assertThat(torch.ignored()).isNotEmpty().allMatch(key -> key.endsWith("rotary_emb.inv_freq"));
        safetensors.check(ReadProgress.NONE);
        torch.check(ReadProgress.NONE);
        Coverage coverage = new Coverage(
                "decoder tensors of both formats", safetensors.used().keySet());
        compare(coverage, "", torch.used(), safetensors.used());
        coverage.assertComplete();
    }

    @Test
    void everyVariantLoadsToTheValuesItStandsFor() {
        JsonObject variants = golden.json("variants/variants.json");
        List<String> cases = new ArrayList<>();
        variants.getAsJsonArray("files")
                .forEach(entry -> cases.add(entry.getAsJsonObject().get("file").getAsString()));
        Coverage coverage = new Coverage("variants of the weight files", cases);
        Map<String, StoredTensor> checkpoint = GoldenModel.open(golden).checkpoint();
        Map<String, StoredTensor> vision = GoldenModel.open(golden).vision();

        for (JsonElement element : variants.getAsJsonArray("files")) {
            JsonObject variant = element.getAsJsonObject();
            String file = variant.get("file").getAsString();
            switch (variant.get("loaded_as").getAsString()) {
                case "checkpoint" -> {
                    ModelFolder model = open(
                            GoldenModel.with(description, description.imageEncoder(), golden.path("variants/" + file)));
                    boolean otherNorm = variant.get("equals").getAsString().contains("ln_vision");
                    assertThat(model.checkpoint().containsKey("ln_vision.weight"))
                            .isEqualTo(otherNorm);
                    assertThat(model.checkpoint().containsKey("ln_vision.bias")).isEqualTo(otherNorm);
                    Map<String, StoredTensor> shared = new TreeMap<>(model.checkpoint());
                    if (otherNorm) {
                        assertNotNeutral(GoldenModel.tensor(shared, "ln_vision.weight"), 1);
                        assertNotNeutral(GoldenModel.tensor(shared, "ln_vision.bias"), 0);
                        shared.keySet().removeIf(key -> key.startsWith("ln_vision."));
                    }
                    assertThat(shared.keySet()).isEqualTo(checkpoint.keySet());
                    compare(coverage, file + ": ", shared, checkpoint);
                }
                case "eva" -> {
                    ModelFolder model = open(
                            GoldenModel.with(description, golden.path("variants/" + file), description.checkpoint()));
                    Map<String, StoredTensor> read = new TreeMap<>(model.vision());
                    StoredTensor positions = GoldenModel.tensor(read, "pos_embed");
                    read.remove("pos_embed");
                    Map<String, StoredTensor> others = new TreeMap<>(vision);
                    others.remove("pos_embed");
                    compare(coverage, file + ": ", read, others);
                    GoldenTensors.Tensor target =
                            golden.tensors("golden/vision.safetensors").get("pos_embed.interpolated");
                    assertThat(positions.shape()).isEqualTo(target.shape());
                    coverage.compare(file + ": pos_embed", positions.readFloats(), target.values(), 1e-6);
                }
                default -> throw new AssertionError("unknown kind of variant: " + variant);
            }
            coverage.compared(file);
        }
        coverage.assertComplete();
    }

    private static ModelFolder open(ModelDescription description) {
        return ModelFolder.open(description, ReadProgress.NONE);
    }

    private static void compare(
            Coverage coverage, String prefix, Map<String, StoredTensor> actual, Map<String, StoredTensor> golden) {
        assertThat(actual.keySet()).isEqualTo(golden.keySet());
        actual.forEach((key, tensor) -> {
            assertThat(tensor.shape())
                    .as(key)
                    .isEqualTo(GoldenModel.tensor(golden, key).shape());
            coverage.compare(
                    prefix + key,
                    tensor.readFloats(),
                    GoldenModel.tensor(golden, key).readFloats(),
                    0);
        });
    }

    private static void assertNotNeutral(StoredTensor tensor, float neutral) {
        float[] values = tensor.readFloats();
        assertThat(values).isNotEmpty();
        int others = 0;
        for (float value : values) {
            others += value == neutral ? 0 : 1;
        }
        assertThat(others).as(tensor + " differs from its default " + neutral).isPositive();
    }

    private static Set<Integer> blocks(Iterable<String> keys, Pattern pattern) {
        Set<Integer> blocks = new TreeSet<>();
        for (String key : keys) {
            var matcher = pattern.matcher(key);
            if (matcher.matches()) {
                blocks.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return blocks;
    }
}
