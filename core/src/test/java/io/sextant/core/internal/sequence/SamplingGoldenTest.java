package io.sextant.core.internal.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SamplingGoldenTest {
    private static final double PROBABILITIES = 1e-5;
    private static final double SCORES = 5e-4;

    @Test
    void keepsTheSameTokensWithTheSameProbabilities() {
        GoldenSet set = GoldenSet.open();
        GoldenTensors golden = set.tensors("golden/sampling.safetensors");
        Coverage coverage = new Coverage("sampling", golden.names());
        for (JsonElement element : set.json("golden/sampling.json").getAsJsonArray("cases")) {
            JsonObject sampling = element.getAsJsonObject();
            String name = sampling.get("name").getAsString();
            String source = sampling.get("logits").getAsString();
            float[] scores = golden.get(source).values().clone();
            BitSet seen = new BitSet();
            sampling.getAsJsonArray("input_ids").forEach(id -> seen.set(id.getAsInt()));

            TokenScores.penalise(
                    scores, seen, sampling.get("repetition_penalty").getAsDouble());
            TokenDistribution kept = TokenScores.distribution(
                    scores,
                    sampling.get("temperature").getAsDouble(),
                    sampling.get("top_k").getAsInt(),
                    sampling.get("top_p").getAsDouble());

            assertThat(kept.ids()).as(name).hasSize(sampling.get("kept").getAsInt());
            coverage.compareExactly(
                    name + ".kept",
                    Arrays.toString(kept.ids()),
                    Arrays.toString(golden.get(name + ".kept").ints()));
            coverage.compare(
                    name + ".scores",
                    kept.scores(),
                    golden.get(name + ".scores").values(),
                    SCORES);
            float[] probabilities = new float[kept.probabilities().length];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = (float) kept.probabilities()[i];
            }
            coverage.compare(
                    name + ".probabilities",
                    probabilities,
                    golden.get(name + ".probabilities").values(),
                    PROBABILITIES);
            coverage.compared(source);
        }
        coverage.assertComplete();
    }
}
