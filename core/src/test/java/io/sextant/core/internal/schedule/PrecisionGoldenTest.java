package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What types of 16 bits make of the reference's answers, each token fed as the reference wrote it. The set's weights were fitted so that
 * answers do not hang on float32's rounding; a type of fewer digits may turn one where two tokens are nearly equally probable.
 */
class PrecisionGoldenTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}: {1} of the tokens")
    @CsvSource({"FLOAT16, 1.0", "BFLOAT16, 0.97"})
    void choosesTheTokensOfTheReference(ElementType precision, double least) {
        GoldenSet set = GoldenSet.open();
        List<JsonObject> cases = new ArrayList<>();
        for (JsonElement c : set.json("golden/generation.json").getAsJsonArray("greedy")) {
            cases.add(c.getAsJsonObject());
        }
        Coverage coverage = new Coverage(
                "tokens in " + precision,
                cases.stream().map(c -> c.get("name").getAsString()).toList());
        int tokens = 0;
        int equal = 0;
        try (GoldenModel model = new GoldenModel(set, directory, 1L << 20, precision)) {
            for (JsonObject c : cases) {
                int[] ids = GoldenModel.ids(c.get("token_ids"));
                GoldenConversation conversation = new GoldenConversation(
                        List.of(Turn.open(
                                GoldenConversation.question(c.get("request").getAsString()))),
                        ConversationForm.TRAINING,
                        c.get("image").isJsonNull() ? 0 : 1);
                List<float[]> steps = model.logits(model.encode(conversation), model.images(c), ids);
                for (int i = 0; i < ids.length; i++) {
                    tokens++;
                    equal += largest(steps.get(i)) == ids[i] ? 1 : 0;
                }
                coverage.compared(c.get("name").getAsString());
            }
        }
        coverage.assertComplete();
        assertThat((double) equal / tokens).isGreaterThanOrEqualTo(least);
    }

    private static int largest(float[] logits) {
        float most = Float.NEGATIVE_INFINITY;
        int index = -1;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] > most) {
                most = logits[i];
                index = i;
            }
        }
        assertThat(index).as("a largest of %d logits", logits.length).isNotNegative();
        return index;
    }
}
