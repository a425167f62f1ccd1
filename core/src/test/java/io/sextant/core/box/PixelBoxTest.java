package io.sextant.core.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelBoxTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void intersectionOverUnionIsSymmetricAndInRange(long seed) {
        Random random = new Random(seed);
        PixelBox a = box(random);
        PixelBox b = box(random);

        double value = a.intersectionOverUnion(b);

        assertThat(value).isEqualTo(b.intersectionOverUnion(a)).isBetween(0.0, 1.0);
        assertThat(a.intersectionOverUnion(a)).isEqualTo(1.0);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void binsOfPixelsOfBinsLoseAtMostOneBin(long seed) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(4000);
        int height = 1 + random.nextInt(4000);
        BinBox bins = BinBox.ofPixels(box(random), width, height);

        BinBox again = BinBox.ofPixels(bins.toPixels(width, height), width, height);

        assertThat((double) again.xMin()).isCloseTo(bins.xMin(), within(1.0));
        assertThat((double) again.yMax()).isCloseTo(bins.yMax(), within(1.0));
    }

    @Test
    void halfCoveredBoxes() {
        PixelBox left = new PixelBox(0, 0, 2, 1);
        PixelBox right = new PixelBox(1, 0, 3, 1);

        assertThat(left.intersectionOverUnion(right)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void boxesWithoutArea() {
        PixelBox point = new PixelBox(1, 1, 1, 1);

        assertThat(point.intersectionOverUnion(point)).isEqualTo(1);
        assertThat(point.intersectionOverUnion(new PixelBox(2, 2, 2, 2))).isZero();
    }

    @Test
    void rejectsInsideOutBox() {
        assertThatThrownBy(() -> new PixelBox(2, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10,20,30,40 | 10 | 20 | 30 | 40",
                " 1, 2.5 ,+3,4e0 | 1 | 2.5 | 3 | 4",
                "-1,.5,2.,1E1 | -1 | 0.5 | 2 | 10"
            })
    void readsABoxAsPeopleWriteIt(String text, double xMin, double yMin, double xMax, double yMax) {
        assertThat(PixelBox.parse(text)).isEqualTo(new PixelBox(xMin, yMin, xMax, yMax));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1,2,3",
                "1,2,3,4,5",
                "a,b,c,d",
                "1;2;3;4",
                "1,2,,4",
                "1,2,3,NaN",
                "0x1p3,2,9,9",
                "1d,2,3,4",
                "5,5,1,1",
                "1,2,3,1e999"
            })
    void saysHowABoxIsWritten(String text) {
        assertThatThrownBy(() -> PixelBox.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text)
                .hasMessageEndingWith("; write xMin,yMin,xMax,yMax, for instance 10,20,300,400");
    }

    @Test
    @Timeout(60)
    void isNotHeldUpByALongText() {
        String digits = "1".repeat(1_000_000);
        for (String text : List.of(digits + "x,1,1,1", digits + "." + digits + "x,1,1,1", "1,1,1," + digits + "e")) {
            assertThatThrownBy(() -> PixelBox.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("; write xMin,yMin,xMax,yMax, for instance 10,20,300,400");
        }
    }

    @Test
    void rejectsOtherThanFourEdges() {
        assertThatThrownBy(() -> PixelBox.of(1, 2, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static PixelBox box(Random random) {
        double xMin = random.nextInt(500);
        double yMin = random.nextInt(500);
        return new PixelBox(xMin, yMin, xMin + random.nextInt(300), yMin + random.nextInt(300));
    }
}
