package io.sextant.core.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefinedBoxTest {
    private static final Offset<Double> TINY = within(1e-12);

    @Test
    void anEdgeLiesAtTheMeanOfTheBinsNearTheChosenOne() {
        // 0.2 x 39 + 0.5 x 40 + 0.3 x 41 = 40.1
        BinDistribution shares = shares(39, 0.2, 40, 0.5, 41, 0.3);
        assertThat(shares.expectedNear(40, 2)).isCloseTo(40.1, TINY);
        assertThat(shares.expectedNear(40, 1)).isCloseTo(40.1, TINY);
        assertThat(shares.expectedNear(40, 0)).isEqualTo(40);
    }

    @Test
    void binsFurtherAwayDoNotCountAndTheOthersAreRenormalised() {
        // Within 38..42: (0.4 x 40 + 0.1 x 42) / 0.5 = 40.4; the second peak at 70 is another object.
        BinDistribution shares = shares(40, 0.4, 42, 0.1, 70, 0.5);
        assertThat(shares.expectedNear(40, 2)).isCloseTo(40.4, TINY);
        assertThat(shares.expectedNear(70, 2)).isEqualTo(70);
    }

    @Test
    void theWindowEndsWhereTheImageDoes() {
        assertThat(shares(0, 0.75, 1, 0.25).expectedNear(0, 2)).isCloseTo(0.25, TINY);
        assertThat(shares(99, 0.5, 100, 0.5).expectedNear(100, 2)).isCloseTo(99.5, TINY);
        assertThat(shares(99, 0.5, 100, 0.5).expectedNear(100, Integer.MAX_VALUE))
                .isCloseTo(99.5, TINY);
    }

    @Test
    void aBinWithoutAnyShareAroundItStays() {
        assertThat(shares(3, 1.0).expectedNear(50, 2)).isEqualTo(50);
    }

    @Test
    void digitsOfTheLastPlaceAreToldExactly() {
        BinDistribution shares =
                BinDistribution.ofDigits(47, List.of(symbols(4, 0.9, 5, 0.1), symbols(6, 0.3, 7, 0.6, 8, 0.1)));
        assertThat(shares.share(46)).isCloseTo(0.27, TINY);
        assertThat(shares.share(47)).isCloseTo(0.54, TINY);
        assertThat(shares.share(48)).isCloseTo(0.09, TINY);
        // (0.27 x 46 + 0.54 x 47 + 0.09 x 48) / 0.9 = 46.8
        assertThat(shares.expectedNear(47, 2)).isCloseTo(46.8, TINY);
    }

    @Test
    void anotherFirstDigitGoesToTheNumberNearestToTheOneWritten() {
        BinDistribution shares =
                BinDistribution.ofDigits(49, List.of(symbols(3, 0.1, 4, 0.6, 5, 0.3), symbols(8, 0.5, 9, 0.5)));
        assertThat(shares.share(50)).isCloseTo(0.3, TINY);
        assertThat(shares.share(39)).isCloseTo(0.1, TINY);
        // (0.3 x 48 + 0.3 x 49 + 0.3 x 50) / 0.9
        assertThat(shares.expectedNear(49, 2)).isCloseTo(49, TINY);
    }

    @Test
    void aNumberMayEndEarlierOrGoOn() {
        BinDistribution ten = BinDistribution.ofDigits(
                10,
                List.of(
                        symbols(1, 0.8, 9, 0.2),
                        symbols(0, 0.5, 1, 0.3, BinDistribution.END, 0.2),
                        symbols(0, 0.25, BinDistribution.END, 0.75)));
        assertThat(ten.share(10)).isCloseTo(0.8 * 0.5 * 0.75, TINY);
        assertThat(ten.share(100)).isCloseTo(0.8 * 0.5 * 0.25, TINY);
        assertThat(ten.share(11)).isCloseTo(0.8 * 0.3, TINY);
        assertThat(ten.share(1)).isCloseTo(0.8 * 0.2, TINY);
        assertThat(ten.share(9)).isCloseTo(0.2, TINY);

        BinDistribution nine =
                BinDistribution.ofDigits(9, List.of(symbols(1, 0.5, 9, 0.5), symbols(BinDistribution.END, 1.0)));
        assertThat(nine.expectedNear(9, 2)).isCloseTo(9.5, TINY);
    }

    @Test
    void textsThatAreNoNumberOfTheRangeAreLeftOut() {
        BinDistribution hundred = BinDistribution.ofDigits(
                100,
                List.of(symbols(1, 1.0), symbols(0, 1.0), symbols(0, 0.5, 7, 0.5), symbols(BinDistribution.END, 1.0)));
        assertThat(hundred.share(100)).isCloseTo(0.5, TINY);
        assertThat(sum(hundred)).isCloseTo(0.5, TINY);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void digitsOfEveryNumberKeepTheWholeMassBelowTwoPlaces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int written = 10; written < 100; written++) {
            double[] first = random.doubles(11).toArray();
            first[0] = 0;
            first[BinDistribution.END] = 0;
            double[] second = random.doubles(11).toArray();
            BinDistribution shares = BinDistribution.ofDigits(written, List.of(first, second));
            double others = Arrays.stream(first).sum() - first[written / 10];
            double own = first[written / 10] * Arrays.stream(second).sum();
            assertThat(sum(shares)).isCloseTo(others + own, within(1e-9));
            assertThat(shares.expectedNear(written, 2)).isBetween(written - 2.0, written + 2.0);
        }
    }

    @Test
    void aBoxIsRefinedEdgeByEdgeAndPutIntoPixels() {
        RefinedBox box = RefinedBox.of(
                new BinBox(10, 20, 30, 40),
                shares(10, 0.5, 11, 0.5),
                shares(20, 1.0),
                shares(29, 0.25, 30, 0.75),
                shares(40, 0.9, 60, 0.1),
                RefinedBox.WINDOW);
        assertThat(box).isEqualTo(new RefinedBox(10.5, 20, 29.75, 40));
        assertThat(box.toPixels(200, 50)).isEqualTo(new PixelBox(21, 10, 59.5, 20));
    }

    @Test
    void aWindowOfNothingLeavesThePlainBins() {
        BinDistribution any = shares(9, 0.5, 11, 0.5);
        BinBox written = new BinBox(10, 20, 30, 40);
        assertThat(RefinedBox.of(written, any, any, any, any, 0).toPixels(640, 480))
                .isEqualTo(written.toPixels(640, 480));
    }

    @Test
    void edgesThatWouldPassOneAnotherMeetHalfway() {
        RefinedBox box = RefinedBox.of(
                new BinBox(50, 0, 50, 0),
                shares(50, 0.5, 51, 0.5),
                shares(0, 1.0),
                shares(49, 0.5, 50, 0.5),
                shares(0, 1.0),
                1);
        assertThat(box).isEqualTo(new RefinedBox(50, 0, 50, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "101, 2", "5, -1"})
    void refusesBinsAndWindowsThatAreNone(int chosen, int window) {
        BinDistribution shares = shares(5, 1.0);
        assertThatThrownBy(() -> shares.expectedNear(chosen, window)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesSharesThatAreNone() {
        double[] hundred = new double[100];
        double[] negative = new double[101];
        negative[7] = -0.5;
        double[] unknown = new double[101];
        unknown[7] = Double.NaN;
        for (double[] wrong : List.of(hundred, negative, unknown)) {
            assertThatThrownBy(() -> BinDistribution.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> BinDistribution.ofDigits(47, List.of(symbols(4, 1.0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("47");
        assertThatThrownBy(() -> new RefinedBox(5, 0, 4, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double sum(BinDistribution shares) {
        double sum = 0;
        for (int bin = 0; bin <= BinBox.MAX_BIN; bin++) {
            sum += shares.share(bin);
        }
        return sum;
    }

    private static BinDistribution shares(double... pairs) {
        return BinDistribution.of(spread(BinBox.MAX_BIN + 1, pairs));
    }

    private static double[] symbols(double... pairs) {
        return spread(BinDistribution.END + 1, pairs);
    }

    private static double[] spread(int size, double... pairs) {
        double[] spread = new double[size];
        for (int i = 0; i < pairs.length; i += 2) {
            spread[(int) pairs[i]] = pairs[i + 1];
        }
        return spread;
    }
}
