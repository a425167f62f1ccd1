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
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.language.BlockStorage;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.internal.vision.ImagePreprocessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
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
    void computesPromptsOfDifferentLengthInOneCall() {
        GoldenSet set = GoldenSet.open();
        GoldenTensors golden = set.tensors(FILE);
        Coverage coverage = new Coverage(FILE, golden.names());
        coverage.compared("logits_columns");
        try (GoldenModel model = new GoldenModel(set, directory, 64L << 20)) {
            List<JsonObject> rows = rows(set);
            comparePrompts(model, rows, golden, coverage);
            compareAnswers(model, rows, golden, coverage);
        }
        coverage.assertComplete();
    }

    /** Sequences of different length go through the layers in one call, one after another; the reference pads them on the left. */
    private static void comparePrompts(
            GoldenModel model, List<JsonObject> rows, GoldenTensors golden, Coverage coverage) {
        List<ModelWork> work = new ArrayList<>();
        List<ResizedImage> resized = new ArrayList<>();
        int[] lengths = new int[rows.size()];
        int[] padding = new int[rows.size()];
        int side = model.encoder.dimensions().imageSize();
        int visualTokens = model.encoder.dimensions().visualTokens();
        int nextBlock = 1;
        for (int i = 0; i < lengths.length; i++) {
            EncodedPrompt prompt = model.encode(
                    GoldenConversation.ofPrompt(rows.get(i).get("prompt").getAsString()));
            lengths[i] = prompt.length(visualTokens);
            padding[i] = rows.get(i).get("left_padding").getAsInt();
            assertThat(lengths[i]).isEqualTo(rows.get(i).get("length").getAsInt());
            List<ResizedImage> own = model.images(rows.get(i)).stream()
                    .map(image -> new ResizedImage(ImageKey.of(image), ImagePreprocessor.resize(image, side)))
                    .toList();
            resized.addAll(own);
            int[] blocks =
                    IntStream.range(nextBlock, nextBlock + lengths[i] / 16 + 1).toArray();
            nextBlock += blocks.length;
            work.add(whole(prompt, own, visualTokens, blocks));
        }
        coverage.compareExactly(
                "attention_mask",
                Arrays.toString(leftPadded(lengths, padding, 0, position -> 1)),
                Arrays.toString(golden.get("attention_mask").ints()));
        coverage.compareExactly(
                "position_ids",
                Arrays.toString(leftPadded(lengths, padding, 1, position -> position)),
                Arrays.toString(golden.get("position_ids").ints()));
        model.decoder.program().execute("set_probing", true);
        try (BlockStorage storage = model.decoder.newStorage(nextBlock, 16);
                EncodedImages encoded = new EncodedImages(DecoderSteps.KEPT_IMAGES)) {
            DecoderSteps steps = new DecoderSteps(model.encoder, model.decoder, storage, encoded);
            resized.forEach(steps::encode);
            float[][] logits = steps.compute(work).toArray(new float[0][]);
            int[] mask = golden.get("attention_mask").ints();
            coverage.compare(
                    "inputs_embeds",
                    probed(model, "inputs_embeds", lengths),
                    real(golden.get("inputs_embeds").values(), mask),
                    EMBEDDINGS);
            coverage.compare(
                    "final_norm",
                    probed(model, "final_norm", lengths),
                    real(golden.get("final_norm").values(), mask),
                    HIDDEN);
            coverage.compare(
                    "last_logits",
                    columns(logits, golden.get("logits_columns").ints()),
                    golden.get("last_logits").values(),
                    LOGITS);
        }
        model.decoder.program().execute("set_probing", false);
    }

    /** A prompt in one piece. */
    private static ModelWork whole(EncodedPrompt prompt, List<ResizedImage> resized, int visualTokens, int[] blocks) {
        List<Integer> ids = new ArrayList<>();
        List<ImageSpan> spans = new ArrayList<>();
        for (PromptPart part : prompt.parts()) {
            if (part instanceof PromptPart.Tokens tokens) {
                Arrays.stream(tokens.ids()).forEach(ids::add);
            } else {
                spans.add(new ImageSpan(ids.size(), ((PromptPart.ImagePlace) part).index(), 0, visualTokens));
                ids.addAll(Collections.nCopies(visualTokens, 0));
            }
        }
        return new ModelWork(blocks, 0, ids.stream().mapToInt(Integer::intValue).toArray(), spans, resized, true);
    }

    /** What rows of these lengths look like padded on the left. */
    private static int[] leftPadded(int[] lengths, int[] padding, int blank, IntUnaryOperator value) {
        int width = lengths[0] + padding[0];
        int[] all = new int[lengths.length * width];
        for (int row = 0; row < lengths.length; row++) {
            assertThat(lengths[row] + padding[row]).isEqualTo(width);
            for (int column = 0; column < width; column++) {
                all[row * width + column] = column < padding[row] ? blank : value.applyAsInt(column - padding[row]);
            }
        }
        return all;
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

    /** What was probed of the sequences' own positions. */
    private static float[] probed(GoldenModel model, String name, int[] lengths) {
        try (DeviceTensor tensor = model.decoder.program().call("probed", name)) {
            int width = model.decoder.dimensions().hidden();
            return Arrays.copyOf(
                    model.decoder.program().floats(tensor),
                    Arrays.stream(lengths).sum() * width);
        }
    }

    /** The rows that are not padding. */
    private static float[] real(float[] values, int[] mask) {
        int width = values.length / mask.length;
        float[] kept = new float[Arrays.stream(mask).sum() * width];
        int next = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 1) {
                System.arraycopy(values, i * width, kept, next * width, width);
                next++;
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
