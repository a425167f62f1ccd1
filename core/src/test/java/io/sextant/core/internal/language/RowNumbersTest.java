package io.sextant.core.internal.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.weights.ElementType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowNumbersTest {
    private static final double[] UNKNOWN = {};

    @Test
    void roundsUpToMultiples() {
        assertThat(padded(RowNumbers.multiplesOf(1), 10)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(padded(RowNumbers.multiplesOf(4), 10)).containsExactly(4, 4, 4, 4, 8, 8, 8, 8, 12, 12);
    }

    @Test
    void takesMoreRowsWhereTheyAreOverSooner() {
        RowNumbers numbers = RowNumbers.of(1, new double[] {0, 1.9, 2.6, 1.8, 1.7, 1.75, 1.9, 2.3, 2.1}, UNKNOWN);
        assertThat(padded(numbers, 10)).containsExactly(4, 4, 4, 4, 5, 6, 8, 8, 9, 10);
    }

    @Test
    void leavesRowsAsTheyAreForASmallGain() {
        RowNumbers numbers = RowNumbers.of(1, new double[] {0, 1, 0.98, 0.96, 1.2}, UNKNOWN);
        assertThat(padded(numbers, 5)).containsExactly(1, 2, 3, 4, 5);
    }

    /** Numbers of rows between multiples were not measured. */
    @Test
    void takesMultiplesOnly() {
        double none = Double.MAX_VALUE;
        RowNumbers numbers = RowNumbers.of(2, new double[] {none, none, 2, none, 1.5, none, 1.6, none, 3}, UNKNOWN);
        assertThat(padded(numbers, 9)).containsExactly(4, 4, 4, 4, 6, 6, 8, 8, 10);
    }

    @Test
    void takesAMultipleBeyondThoseMeasured() {
        assertThat(padded(RowNumbers.of(16, new double[9], UNKNOWN), 17))
                .containsExactly(16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 32);
    }

    @Test
    void multipliesAsManyFromWhereThatIsSooner() {
        double[] few = {0, 1.4, 1.7, 2.0, 2.3, 3, 3.5, 4, 4.5};
        RowNumbers numbers = RowNumbers.of(1, few, new double[] {0, 1.9, 1.9, 1.7, 1.7, 1.8, 1.9, 2, 2.1});
        assertThat(padded(numbers, 5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(many(numbers, 5)).containsExactly(3, 4, 5);
        assertThat(many(RowNumbers.of(1, few, UNKNOWN), 34)).containsExactly(32, 33, 34);
        assertThat(many(RowNumbers.multiplesOf(1), 34)).containsExactly(32, 33, 34);
    }

    /** One row is not computed as four, which are multiplied as many; two are as three, which are few too, and four as five. */
    @Test
    void padsFewRowsToFewAndManyToMany() {
        RowNumbers numbers = RowNumbers.of(1, new double[] {0, 2.5, 3, 2.5, 3, 3}, new double[] {0, 4, 4, 3.5, 2, 1});
        assertThat(padded(numbers, 5)).containsExactly(1, 3, 3, 5, 5);
        assertThat(many(numbers, 5)).containsExactly(4, 5);
    }

    /** A smaller number that happens to be sooner as many counts only where all larger ones are. */
    @Test
    void findsOnePlaceFromWhichOnRowsAreMany() {
        double none = Double.MAX_VALUE;
        RowNumbers numbers = RowNumbers.of(2, new double[] {none, none, 2, none, 2, none, 2, none, 2}, new double[] {
            none, none, 1, none, 3, none, 1, none, 1
        });
        assertThat(many(numbers, 9)).containsExactly(6, 7, 8, 9);
        assertThat(padded(numbers, 4)).containsExactly(2, 2, 4, 4);
    }

    @Test
    void staysWhereNothingCanBeMeasured() {
        RowNumbers numbers = RowNumbers.multiplesOf(4);
        try (DeviceProgram program = withoutWeights()) {
            assertThat(numbers.measured(program, true, 2, 1)).isSameAs(numbers);
        }
    }

    @Test
    void staysWhereMeasuringFailsOtherwise() {
        RowNumbers numbers = RowNumbers.multiplesOf(4);
        DeviceProgram program = withoutWeights();
        program.close();
        assertThat(numbers.measured(program, true, 2, 1)).isSameAs(numbers);
    }

    /** More rows than are tried, which are many where there is a product for them. */
    @Test
    void triesNoMoreThanAFewRows() {
        RowNumbers numbers = RowNumbers.multiplesOf(16);
        try (DeviceProgram program = withoutWeights()) {
            assertThat(numbers.measured(program, false, 2, 1)).isSameAs(numbers);
            RowNumbers two = numbers.measured(program, true, 2, 1);
            assertThat(padded(two, 17)).isEqualTo(padded(numbers, 17));
            assertThat(two.isMany(16)).isTrue();
        }
    }

    /** A program in which no product can be timed. */
    private static DeviceProgram withoutWeights() {
        return DeviceProgram.load(
                List.of("/io/sextant/core/internal/device/products.py"), ComputeDevice.CPU, ElementType.FLOAT32);
    }

    private static int[] many(RowNumbers numbers, int most) {
        return IntStream.rangeClosed(1, most).filter(numbers::isMany).toArray();
    }

    private static int[] padded(RowNumbers numbers, int most) {
        return IntStream.rangeClosed(1, most).map(numbers::padded).toArray();
    }
}
