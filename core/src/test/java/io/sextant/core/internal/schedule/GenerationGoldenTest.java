package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.prompt.PromptPart;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationGoldenTest {
    private static final double LOGITS = 5e-4;
    private static final double CACHED = 1e-4;
    private static final long CACHE = 64L << 20;

    /** Room for one request and little else. */
    private static final long SMALL_CACHE = 1L << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "cache of {0} bytes")
    @ValueSource(longs = {SMALL_CACHE, CACHE})
    void writesTheSameTokensAsTheReference(long cacheBytes) {
        GoldenSet set = GoldenSet.open();
        JsonObject golden = set.json("golden/generation.json");
        int maxNewTokens =
                golden.getAsJsonObject("settings").get("max_new_tokens").getAsInt();
        List<JsonObject> cases = new ArrayList<>();
        golden.getAsJsonArray("greedy").forEach(c -> cases.add(c.getAsJsonObject()));
        golden.getAsJsonArray("greedy_with_repetition_penalty").forEach(c -> cases.add(c.getAsJsonObject()));
        Set<String> names = new LinkedHashSet<>();
        cases.forEach(c -> names.add(nameWithPenalty(c)));
        Coverage coverage = new Coverage("greedy generation, cache " + cacheBytes, names);
        try (GoldenModel model = new GoldenModel(set, directory, cacheBytes)) {
            for (JsonObject c : cases) {
                compare(model, c, conversation(c), GoldenModel.settings(maxNewTokens, penalty(c)));
                coverage.compared(nameWithPenalty(c));
            }
        }
        coverage.assertComplete();
    }

    @Test
    void continuesConversationsAndReadsSeveralImages() {
        GoldenSet set = GoldenSet.open();
        JsonObject golden = set.json("golden/generation.json");
        int maxNewTokens =
                golden.getAsJsonObject("settings").get("max_new_tokens").getAsInt();
        List<JsonObject> cases = new ArrayList<>();
        golden.getAsJsonArray("other_prompts").forEach(c -> cases.add(c.getAsJsonObject()));
        Coverage coverage = new Coverage(
                "other prompts",
                cases.stream().map(c -> c.get("name").getAsString()).toList());
        try (GoldenModel model = new GoldenModel(set, directory, CACHE)) {
            for (JsonObject c : cases) {
                GoldenConversation conversation =
                        GoldenConversation.ofPrompt(c.get("prompt").getAsString());
                List<List<Integer>> fed = GoldenModel.tokenStretches(model.encode(conversation));
                List<List<Integer>> segments = new ArrayList<>();
                c.getAsJsonArray("segment_token_ids")
                        .forEach(ids -> segments.add(
                                Arrays.stream(GoldenModel.ids(ids)).boxed().toList()));
                coverage.compareExactly(c.get("name").getAsString(), fed, segments);
                compare(model, c, conversation, GoldenModel.settings(maxNewTokens, 1.0));
            }
        }
        coverage.assertComplete();
    }

    @Test
    void computesTheSameLogitsAtEveryStepWithAndWithoutCache() {
        GoldenSet set = GoldenSet.open();
        GoldenTensors golden = set.tensors("golden/generation.safetensors");
        Coverage coverage = new Coverage("step logits", golden.names());
        coverage.compared("logits_columns");
        int[] columns = golden.get("logits_columns").ints();
        try (GoldenModel model = new GoldenModel(set, directory, CACHE)) {
            for (JsonObject c : allCases(set)) {
                String name = c.get("name").getAsString();
                Set<String> wanted = new TreeSet<>();
                golden.names().stream().filter(n -> n.startsWith(name + ".")).forEach(wanted::add);
                if (wanted.isEmpty()) {
                    continue;
                }
                GoldenConversation conversation = conversation(c);
                EncodedPrompt prompt = model.encode(conversation);
                int[] ids = GoldenModel.ids(c.get("token_ids"));
                List<float[]> cached = cachedLogits(model, prompt, model.images(c), ids);
                if (wanted.contains(name + ".last_logits")) {
                    coverage.compare(
                            name + ".last_logits",
                            pick(cached.get(0), columns),
                            golden.get(name + ".last_logits").values(),
                            LOGITS);
                }
                if (wanted.contains(name + ".step_logits")) {
                    compareSteps(name, cached, golden, columns, coverage);
                }
                if (wanted.contains(name + ".uncached_logits")) {
                    List<float[]> uncached = uncachedLogits(model, prompt, model.images(c), ids);
                    coverage.compare(
                            name + ".uncached_logits",
                            concat(uncached, columns),
                            golden.get(name + ".uncached_logits").values(),
                            LOGITS);
                    coverage.compare(
                            "own cached against uncached", concat(cached, columns), concat(uncached, columns), CACHED);
                }
            }
        }
        coverage.assertComplete();
    }

    private static void compareSteps(
            String name, List<float[]> steps, GoldenTensors golden, int[] columns, Coverage coverage) {
        coverage.compare(
                name + ".step_logits",
                concat(steps, columns),
                golden.get(name + ".step_logits").values(),
                LOGITS);
        float[] sums = new float[steps.size()];
        float[] margins = new float[steps.size()];
        for (int i = 0; i < sums.length; i++) {
            double sum = 0;
            float[] sorted = steps.get(i).clone();
            Arrays.sort(sorted);
            for (float logit : sorted) {
                sum += Math.exp(logit - sorted[sorted.length - 1]);
            }
            sums[i] = (float) (sorted[sorted.length - 1] + Math.log(sum));
            margins[i] = sorted[sorted.length - 1] - sorted[sorted.length - 2];
        }
        coverage.compare(
                name + ".step_logits_logsumexp",
                sums,
                golden.get(name + ".step_logits_logsumexp").values(),
                LOGITS);
        coverage.compare(
                name + ".step_margins",
                margins,
                golden.get(name + ".step_margins").values(),
                2 * LOGITS);
    }

    /** Logits before each generated token, the cache growing by one position a step. */
    private static List<float[]> cachedLogits(
            GoldenModel model, EncodedPrompt prompt, List<RgbImage> images, int[] ids) {
        return model.logits(prompt, images, ids);
    }

    /** The same, every step computed from the beginning. */
    private static List<float[]> uncachedLogits(
            GoldenModel model, EncodedPrompt prompt, List<RgbImage> images, int[] ids) {
        List<float[]> steps = new ArrayList<>();
        for (int step = 0; step < ids.length; step++) {
            List<PromptPart> parts = new ArrayList<>(prompt.parts());
            if (step > 0) {
                parts.add(new PromptPart.Tokens(Arrays.copyOf(ids, step)));
            }
            EncodedPrompt longer = new EncodedPrompt(parts, prompt.text(), prompt.turnEnds());
            steps.add(model.logits(longer, images, new int[0]).get(0));
        }
        return steps;
    }

    private static void compare(
            GoldenModel model, JsonObject golden, GoldenConversation conversation, GenerationSettings settings) {
        GenerationResult result = model.model.generate(new GenerationRequest(
                model.images(golden), conversation.turns(), settings.withConversationForm(conversation.form())));
        String name = nameWithPenalty(golden);
        assertThat(result.tokens().stream().mapToInt(token -> token.id()).toArray())
                .as(name)
                .isEqualTo(GoldenModel.ids(golden.get("token_ids")));
        assertThat(result.text()).as(name).isEqualTo(golden.get("text").getAsString());
        if (golden.has("finish")) {
            assertThat(result.finishReason()).as(name).isEqualTo(GoldenModel.finish(golden));
        }
        assertThat(result.droppedTurns()).as(name).isZero();
        result.tokens().forEach(token -> assertThat(token.probability()).isBetween(0.0, 1.0));
    }

    private static GoldenConversation conversation(JsonObject c) {
        if (c.has("prompt")) {
            return GoldenConversation.ofPrompt(c.get("prompt").getAsString());
        }
        return new GoldenConversation(
                List.of(Turn.open(GoldenConversation.question(c.get("request").getAsString()))),
                ConversationForm.TRAINING,
                c.get("image").isJsonNull() ? 0 : 1);
    }

    private static List<JsonObject> allCases(GoldenSet set) {
        JsonObject golden = set.json("golden/generation.json");
        List<JsonObject> cases = new ArrayList<>();
        for (String list : List.of("greedy", "other_prompts")) {
            for (JsonElement c : golden.getAsJsonArray(list)) {
                cases.add(c.getAsJsonObject());
            }
        }
        return cases;
    }

    private static String nameWithPenalty(JsonObject c) {
        return c.get("name").getAsString() + (c.has("repetition_penalty") ? ", penalty " + penalty(c) : "");
    }

    private static double penalty(JsonObject c) {
        return c.has("repetition_penalty") ? c.get("repetition_penalty").getAsDouble() : 1.0;
    }

    private static float[] pick(float[] row, int[] columns) {
        float[] picked = new float[columns.length];
        for (int i = 0; i < columns.length; i++) {
            picked[i] = row[columns[i]];
        }
        return picked;
    }

    private static float[] concat(List<float[]> rows, int[] columns) {
        float[] all = new float[rows.size() * columns.length];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(pick(rows.get(i), columns), 0, all, i * columns.length, columns.length);
        }
        return all;
    }
}
