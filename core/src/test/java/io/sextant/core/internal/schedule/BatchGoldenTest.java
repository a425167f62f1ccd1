package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.language.KeyValueCache;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchGoldenTest {
    private static final String FILE = "golden/batch.safetensors";
    private static final double EMBEDDINGS = 1e-4;
    private static final double HIDDEN = 2e-4;
    private static final double LOGITS = 5e-4;

    @TempDir
    private Path directory;

    @Test
    void padsPromptsOfDifferentLengthOnTheLeft() {
        GoldenSet set = GoldenSet.orSkip();
        GoldenTensors golden = set.tensors(FILE);
        Coverage coverage = new Coverage(FILE, golden.names());
        coverage.compared("logits_columns");
        try (GoldenModel model = new GoldenModel(set, directory, 0)) {
            List<JsonObject> rows = rows(set);
            comparePrompts(model, rows, golden, coverage);
            compareAnswers(model, rows, golden, coverage);
        }
        coverage.assertComplete();
    }

    private static void comparePrompts(
            GoldenModel model, List<JsonObject> rows, GoldenTensors golden, Coverage coverage) {
        List<List<PromptPart>> parts = new ArrayList<>();
        List<List<RgbImage>> images = new ArrayList<>();
        int[] lengths = new int[rows.size()];
        int[] padding = new int[rows.size()];
        int longest = 0;
        for (int i = 0; i < lengths.length; i++) {
            EncodedPrompt prompt = model.encode(
                    GoldenConversation.ofPrompt(rows.get(i).get("prompt").getAsString()));
            parts.add(prompt.parts());
            images.add(model.images(rows.get(i)));
            lengths[i] = prompt.length(model.encoder.dimensions().visualTokens());
            padding[i] = rows.get(i).get("left_padding").getAsInt();
            assertThat(lengths[i]).isEqualTo(rows.get(i).get("length").getAsInt());
            longest = Math.max(longest, lengths[i]);
        }
        try (KeyValueCache empty = model.decoder.newCache(padding, longest)) {
            coverage.compareExactly(
                    "attention_mask",
                    Arrays.toString(empty.attentionMask(longest)),
                    Arrays.toString(golden.get("attention_mask").ints()));
            coverage.compareExactly(
                    "position_ids",
                    Arrays.toString(empty.positionIds(longest)),
                    Arrays.toString(golden.get("position_ids").ints()));
        }
        model.decoder.program().execute("set_probing", true);
        try (ComputedPrompt computed = model.prompts.computeTogether(parts, images, longest, new Stopwatch(() -> 0))) {
            coverage.compare(
                    "inputs_embeds",
                    probed(model, "inputs_embeds"),
                    golden.get("inputs_embeds").values(),
                    EMBEDDINGS);
            int[] mask = golden.get("attention_mask").ints();
            coverage.compare(
                    "final_norm",
                    masked(probed(model, "final_norm"), mask),
                    masked(golden.get("final_norm").values(), mask),
                    HIDDEN);
            coverage.compare(
                    "last_logits",
                    columns(computed.logits(), golden.get("logits_columns").ints()),
                    golden.get("last_logits").values(),
                    LOGITS);
        }
        model.decoder.program().execute("set_probing", false);
    }

    private static void compareAnswers(
            GoldenModel model, List<JsonObject> rows, GoldenTensors golden, Coverage coverage) {
        int width = (int) golden.get("sequences").shape()[1];
        int pad = model.set
                .json("llama/generation_config.json")
                .get("pad_token_id")
                .getAsInt();
        List<GenerationRequest> requests = rows.stream()
                .map(row -> new GenerationRequest(
                        model.images(row),
                        GoldenConversation.ofPrompt(row.get("prompt").getAsString())
                                .turns(),
                        GoldenModel.settings(width, 1.0)))
                .toList();
        int[] sequences = new int[rows.size() * width];
        Arrays.fill(sequences, pad);
        List<GenerationResult> results = model.model.generateAll(requests);
        for (int i = 0; i < results.size(); i++) {
            int[] ids = results.get(i).tokens().stream()
                    .mapToInt(token -> token.id())
                    .toArray();
            assertThat(ids).isEqualTo(GoldenModel.ids(rows.get(i).get("token_ids")));
            assertThat(results.get(i).text()).isEqualTo(rows.get(i).get("text").getAsString());
            assertThat(results.get(i).finishReason()).isEqualTo(GoldenModel.finish(rows.get(i)));
            System.arraycopy(ids, 0, sequences, i * width, ids.length);
        }
        coverage.compareExactly(
                "sequences",
                Arrays.toString(sequences),
                Arrays.toString(golden.get("sequences").ints()));
    }

    private static List<JsonObject> rows(GoldenSet set) {
        List<JsonObject> rows = new ArrayList<>();
        for (JsonElement row : set.json("golden/batch.json").getAsJsonArray("rows")) {
            rows.add(row.getAsJsonObject());
        }
        return rows;
    }

    private static float[] probed(GoldenModel model, String name) {
        try (DeviceTensor tensor = model.decoder.program().call("probed", name)) {
            return model.decoder.program().floats(tensor);
        }
    }

    /** Rows that carry meaning; the others become zeros. */
    private static float[] masked(float[] values, int[] mask) {
        float[] kept = values.clone();
        int width = values.length / mask.length;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 0) {
                Arrays.fill(kept, i * width, (i + 1) * width, 0);
            }
        }
        return kept;
    }

    private static float[] columns(float[][] rows, int[] columns) {
        float[] picked = new float[rows.length * columns.length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < columns.length; i++) {
                picked[row * columns.length + i] = rows[row][columns[i]];
            }
        }
        return picked;
    }
}
