package io.sextant.core.internal.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Choices at the ends of what numbers can be. */
final class TokenScoresTest {
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 1e-36, 1e-40, 1e-300, Double.MIN_VALUE})
    void choosesTheHighestHoweverLowTheTemperature(double temperature) {
        for (float[] scores :
                new float[][] {{1, 50, 3}, {-50, -1, -30}, {Float.NEGATIVE_INFINITY, 50, -50}, {-3, 0, -2}}) {
            for (double topP : new double[] {0.5, 1}) {
                TokenDistribution kept = TokenScores.distribution(scores, temperature, 0, topP);
                assertThat(kept.probabilities()).doesNotContain(Double.NaN);
                assertThat(kept.at(0.5)).isEqualTo(1);
            }
        }
    }

    @Test
    void neverChoosesWhatIsNotProbable() {
        TokenDistribution kept =
                new TokenDistribution(new int[] {7, 8, 9}, new float[3], new double[] {0.5, 0.499999, 0});
        assertThat(kept.at(0.9999999)).isEqualTo(8);
    }
}
