package io.sextant.core.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.weights.ElementType;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialTest {
    private static final Candidate FLOAT32 = new Candidate(ElementType.FLOAT32, 4);
    private static final Candidate BFLOAT16 = new Candidate(ElementType.BFLOAT16, 4);

    private long now;

    @ParameterizedTest(name = "suggested {0}, bfloat16 takes {1} of float32's time: {2}")
    @CsvSource({
        "FLOAT32, 0.5, BFLOAT16",
        "FLOAT32, 0.85, BFLOAT16",
        "FLOAT32, 0.95, FLOAT32",
        "FLOAT32, 3, FLOAT32",
        "BFLOAT16, 0.5, BFLOAT16",
        "BFLOAT16, 1.05, BFLOAT16",
        "BFLOAT16, 1.2, FLOAT32",
        "BFLOAT16, 3, FLOAT32",
    })
    void leavesWhatIsNearlyEqualToTheInstructions(ElementType suggested, double share, ElementType expected) {
        TrialResult result = run(
                new Candidate(suggested, 4),
                List.of(),
                candidate -> candidate.type() == ElementType.BFLOAT16 ? share : 1);

        assertThat(result.chosen()).isEqualTo(new Candidate(expected, 4));
    }

    @ParameterizedTest(name = "2 threads take {0}, 1 thread {1} of the time of 4: {2}")
    @CsvSource({"0.8, 0.7, 1", "0.7, 0.8, 2", "0.95, 2, 4", "1.4, 1.8, 4"})
    void triesNumbersOfThreadsInTheTypeThatWon(double two, double one, int expected) {
        TrialResult result = run(FLOAT32, List.of(2, 1), candidate -> {
            double type = candidate.type() == ElementType.BFLOAT16 ? 0.5 : 1;
            return type * (candidate.threads() == 4 ? 1 : candidate.threads() == 2 ? two : one);
        });

        assertThat(result.chosen()).isEqualTo(new Candidate(ElementType.BFLOAT16, expected));
    }

    /** Whoever comes second in a round would be the slower one. */
    @Test
    void candidatesChangeTurns() {
        int[] calls = {0};
        TrialResult result = run(FLOAT32, List.of(), candidate -> {
            boolean isSecond = calls[0]++ / Product.values().length % 2 == 1;
            return isSecond ? 1.3 : 1;
        });

        assertThat(result.chosen()).isEqualTo(FLOAT32);
    }

    @Test
    void oneRoundThatWasDisturbedDecidesNothing() {
        int[] calls = {0};
        TrialResult result = run(FLOAT32, List.of(), candidate -> {
            boolean isDisturbed = calls[0]++ / (2 * Product.values().length) == 2;
            return candidate.type() == ElementType.FLOAT32 && isDisturbed ? 100 : 1;
        });

        assertThat(result.chosen()).isEqualTo(FLOAT32);
    }

    @Test
    void staysWithTheInstructionsWhereThreeRoundsTakeTooLong() {
        TrialResult result = run(FLOAT32, List.of(), candidate -> candidate.equals(BFLOAT16) ? 10 : 200);

        assertThat(result).isEqualTo(new TrialResult(FLOAT32, "this machine was too slow to try others"));
        assertThat(now).isLessThan(2_000_000_000L);
    }

    @Test
    void saysWhatItMeasured() {
        TrialResult result = run(BFLOAT16, List.of(2), candidate -> candidate.type() == ElementType.BFLOAT16 ? 2 : 10);

        assertThat(result.reason())
                .isEqualTo("bfloat16 in 4 threads took 80 ms, float32 in 4 threads took 400 ms;"
                        + " bfloat16 in 4 threads took 80 ms, bfloat16 in 2 threads took 80 ms");
    }

    /** @param millis that each product takes */
    private TrialResult run(Candidate suggested, List<Integer> threads, ToDoubleFunction<Candidate> millis) {
        Trial.Timer timer = (candidate, product) -> {
            long nanos = (long) (1_000_000 * millis.applyAsDouble(candidate));
            now += nanos;
            return nanos;
        };
        return new Trial(timer, () -> now).run(suggested, threads);
    }
}
