package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.Decoding;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.prompt.AnswerText;
import io.sextant.core.internal.prompt.EncodedPrompt;
import io.sextant.core.internal.sequence.Generation;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeamsGoldenTest {
    private static final double SCORE = 5e-4;

    @TempDir
    private Path directory;

    @Test
    void findsTheSameHypothesesAsTheReference() {
        GoldenSet set = GoldenSet.open();
        List<JsonObject> cases = cases(set, "single");
        Coverage coverage = new Coverage(
                "beam search", cases.stream().map(BeamsGoldenTest::label).toList());
        try (GoldenModel model = new GoldenModel(set, directory, 64L << 20)) {
            for (JsonObject c : cases) {
                Generation best = search(model, c);
                String name = label(c);
                assertThat(c.get("early_stopping").getAsBoolean()).as(name).isFalse();
                assertThat(best.ids()).as(name).isEqualTo(GoldenModel.ids(c.get("token_ids")));
                assertThat(AnswerText.of(model.tokenizer, best.ids(), best.probabilities())
                                .text())
                        .as(name)
                        .isEqualTo(c.get("text").getAsString());
                coverage.compare(
                        name,
                        new float[] {(float) best.score()},
                        new float[] {c.get("score").getAsFloat()},
                        SCORE);
            }
        }
        coverage.assertComplete();
    }

    @Test
    void answersABatchAsItAnswersEachAlone() {
        GoldenSet set = GoldenSet.open();
        List<JsonObject> rows = cases(set, "batch_of_three");
        JsonObject single = cases(set, "single").stream()
                .filter(c -> c.get("length_penalty").getAsDouble() == 1.0)
                .findFirst()
                .orElseThrow();
        Coverage coverage = new Coverage(
                "beam search in a batch",
                rows.stream().map(row -> row.get("request").getAsString()).toList());
        try (GoldenModel model = new GoldenModel(set, directory, 64L << 20)) {
            int longest = rows.stream()
                    .mapToInt(row -> GoldenModel.ids(row.get("token_ids")).length)
                    .max()
                    .orElseThrow();
            GenerationSettings settings = settings(single)
                    .withMaxNewTokens(
                            Math.max(longest, single.get("max_new_tokens").getAsInt()));
            List<GenerationResult> results = model.model.generateAll(rows.stream()
                    .map(row -> new GenerationRequest(
                            model.images(row),
                            List.of(Turn.open(GoldenConversation.question(
                                    row.get("request").getAsString()))),
                            settings))
                    .toList());
            for (int i = 0; i < rows.size(); i++) {
                coverage.compareExactly(
                        rows.get(i).get("request").getAsString(),
                        results.get(i).tokens().stream()
                                .mapToInt(token -> token.id())
                                .boxed()
                                .toList(),
                        java.util.Arrays.stream(GoldenModel.ids(rows.get(i).get("token_ids")))
                                .boxed()
                                .toList());
            }
        }
        coverage.assertComplete();
    }

    private static Generation search(GoldenModel model, JsonObject c) {
        EncodedPrompt prompt = model.promptEncoder.encode(
                List.of(Turn.open(GoldenConversation.question(c.get("request").getAsString()))),
                model.images(c).size(),
                ConversationForm.TRAINING);
        return model.search(prompt, model.images(c), settings(c));
    }

    private static GenerationSettings settings(JsonObject c) {
        return GenerationSettings.DEFAULT
                .withMaxNewTokens(c.get("max_new_tokens").getAsInt())
                .withDecoding(new Decoding.Beams(
                        c.get("num_beams").getAsInt(), c.get("length_penalty").getAsDouble()));
    }

    private static String label(JsonObject c) {
        return c.get("name").getAsString() + ", beams " + c.get("num_beams") + ", length penalty "
                + c.get("length_penalty") + ", new tokens " + c.get("max_new_tokens");
    }

    private static List<JsonObject> cases(GoldenSet set, String list) {
        List<JsonObject> cases = new ArrayList<>();
        for (JsonElement c : set.json("golden/beams.json").getAsJsonArray(list)) {
            cases.add(c.getAsJsonObject());
        }
        return cases;
    }
}
