package io.sextant.core.internal.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowNumbersTest {
    @Test
    void roundsUpToMultiples() {
        assertThat(padded(RowNumbers.multiplesOf(1), 10)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(padded(RowNumbers.multiplesOf(4), 10)).containsExactly(4, 4, 4, 4, 8, 8, 8, 8, 12, 12);
    }

    @Test
    void takesMoreRowsWhereTheyAreOverSooner() {
        RowNumbers numbers = RowNumbers.of(1, new double[] {0, 1.9, 2.6, 1.8, 1.7, 1.75, 1.9, 2.3, 2.1});
        assertThat(padded(numbers, 10)).containsExactly(4, 4, 4, 4, 5, 6, 8, 8, 9, 10);
    }

    @Test
    void leavesRowsAsTheyAreForASmallGain() {
        RowNumbers numbers = RowNumbers.of(1, new double[] {0, 1, 0.98, 0.96, 1.2});
        assertThat(padded(numbers, 5)).containsExactly(1, 2, 3, 4, 5);
    }

    /** Numbers of rows between multiples were not measured. */
    @Test
    void takesMultiplesOnly() {
        double none = Double.MAX_VALUE;
        RowNumbers numbers = RowNumbers.of(2, new double[] {none, none, 2, none, 1.5, none, 1.6, none, 3});
        assertThat(padded(numbers, 9)).containsExactly(4, 4, 4, 4, 6, 6, 8, 8, 10);
    }

    @Test
    void takesAMultipleBeyondThoseMeasured() {
        assertThat(padded(RowNumbers.of(16, new double[9]), 17))
                .containsExactly(16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 32);
    }

    private static int[] padded(RowNumbers numbers, int most) {
        return IntStream.rangeClosed(1, most).map(numbers::padded).toArray();
    }
}
