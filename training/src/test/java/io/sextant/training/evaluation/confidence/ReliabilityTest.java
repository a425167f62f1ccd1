package io.sextant.training.evaluation.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliabilityTest {
    private static final Offset<Double> TINY = within(1e-12);

    @Test
    void isTheMeanDistanceOfConfidenceAndAccuracyWithinABin() {
        // 0.9 to 1: mean 0.95, 1 of 2 right; 0.5 to 0.6: 0.6, 1 of 1 right; 0.1 to 0.2: 0.2, 0 of 1 right.
        Reliability reliability = Reliability.of(List.of(
                new Judged(0.92, true), new Judged(0.98, false), new Judged(0.6, true), new Judged(0.2, false)));

        // (2 x 0.45 + 1 x 0.4 + 1 x 0.2) / 4
        assertThat(reliability.expectedCalibrationError()).isCloseTo(0.375, TINY);
        assertThat(reliability.meanConfidence()).isCloseTo(0.675, TINY);
        assertThat(reliability.accuracy()).isEqualTo(0.5);
        assertThat(reliability.count()).isEqualTo(4);
        assertThat(reliability.bins()).hasSize(10);
        Reliability.Bin last = reliability.bins().get(9);
        assertThat(last.count()).isEqualTo(2);
        assertThat(last.confidence()).isCloseTo(0.95, TINY);
        assertThat(last.accuracy()).isEqualTo(0.5);
        assertThat(reliability.bins().get(5).count()).isOne();
        assertThat(reliability.bins().get(1).count()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.05, 0", "0.1, 0", "0.1000001, 1", "0.3, 2", "0.5, 4", "0.7, 6", "0.95, 9", "1, 9"})
    void aBinHoldsItsUpperEndNotItsLower(double confidence, int bin) {
        assertThat(Reliability.of(List.of(new Judged(confidence, true)))
                        .bins()
                        .get(bin)
                        .count())
                .isOne();
    }

    @Test
    void nothingHasNoError() {
        Reliability nothing = Reliability.of(List.of());
        assertThat(nothing.expectedCalibrationError()).isZero();
        assertThat(nothing.accuracy()).isZero();
        assertThat(nothing.bins().get(0).confidence()).isZero();
    }

    @Test
    void refusesConfidencesThatAreNone() {
        assertThatThrownBy(() -> new Judged(Double.NaN, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Judged(1.01, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
