package io.sextant.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotatedImageTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);

    @Test
    void leavesPixelsOutsideOfBoxAndLabelAlone() {
        RgbImage image = image(WIDTH, HEIGHT);
        RgbImage drawn = draw(image, List.of(new LabelledBox("cup", new PixelBox(100, 100, 200, 180))), "");

        assertThat(drawn.width()).isEqualTo(WIDTH);
        assertThat(drawn.height()).isEqualTo(HEIGHT);
        int changed = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean isNear = x >= 98 && x <= 202 && y >= 70 && y <= 182;
                boolean isDeepInside = x > 105 && x < 195 && y > 110 && y < 175;
                boolean isSame = isSame(image, drawn, x, y);
                if (!isNear || isDeepInside) {
                    assertThat(isSame).as("pixel " + x + "," + y).isTrue();
                }
                changed += isSame ? 0 : 1;
            }
        }
        assertThat(changed).isGreaterThan(4 * 80);
    }

    @Test
    void drawsEachPhraseInItsOwnColour() {
        List<LabelledBox> boxes = List.of(
                new LabelledBox("a", new PixelBox(20, 100, 60, 140)),
                new LabelledBox("b", new PixelBox(120, 100, 160, 140)),
                new LabelledBox("a", new PixelBox(220, 100, 260, 140)));
        RgbImage drawn = draw(image(WIDTH, HEIGHT), boxes, "");

        assertThat(pixel(drawn, 20, 130)).isEqualTo(pixel(drawn, 220, 130)).isNotEqualTo(pixel(drawn, 120, 130));
    }

    @Test
    void addsCaptionBelowTheImage() {
        RgbImage image = image(WIDTH, HEIGHT);
        RgbImage oneLine = draw(image, List.of(), "a cat");
        RgbImage manyLines = draw(image, List.of(), "a cat that sits on a mat and looks at you ".repeat(5));

        assertThat(oneLine.height()).isGreaterThan(HEIGHT);
        assertThat(manyLines.height()).isGreaterThan(oneLine.height());
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertThat(isSame(image, manyLines, x, y)).isTrue();
            }
        }
        assertThat(darkPixelsBelow(oneLine)).isPositive();
    }

    @Test
    void hasLettersOfManyScriptsAndABoxForTheRest() {
        RgbImage image = image(WIDTH, HEIGHT);
        for (String caption : List.of("cup", "чашка", "φλιτζάνι", "ספל", "tasse à café", "杯子", "\ud83d\ude00")) {
            assertThat(darkPixelsBelow(draw(image, List.of(), caption)))
                    .as(caption)
                    .isPositive();
        }
    }

    @Test
    void bitesOffNoMoreThanThirtyLinesOfCaption() {
        RgbImage drawn = draw(image(WIDTH, HEIGHT), List.of(), "word ".repeat(100_000));

        assertThat(drawn.height()).isLessThan(HEIGHT + 1000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void drawsAnythingOnAnySize(long seed) {
        Random random = new Random(seed);
        RgbImage image = image(1 + random.nextInt(40 * (int) seed), 1 + random.nextInt(40 * (int) seed));
        List<LabelledBox> boxes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double xMin = random.nextDouble() * 1000 - 300;
            double yMin = random.nextDouble() * 1000 - 300;
            PixelBox box = new PixelBox(xMin, yMin, xMin + random.nextInt(300), yMin + random.nextInt(300));
            boxes.add(new LabelledBox("label number " + i % 7 + "\n" + "x".repeat(random.nextInt(60)), box));
            boxes.add(new LabelledBox("", new BinBox(0, 0, 100, 100).toPixels(image.width(), image.height())));
        }

        RgbImage drawn = draw(image, boxes, "");

        assertThat(drawn.width()).isEqualTo(image.width());
        assertThat(drawn.height()).isEqualTo(image.height());
    }

    @Test
    void leavesTheGivenImageAlone() {
        RgbImage image = image(50, 50);
        byte[] before = image.rgb().clone();

        draw(image, List.of(new LabelledBox("a", new PixelBox(0, 0, 50, 50))), "words");

        assertThat(image.rgb()).isEqualTo(before);
    }

    @Test
    @SuppressWarnings("NullAway") // that null is refused is the point
    void refusesNull() {
        assertThatThrownBy(() -> new AnnotatedImage(image(1, 1), List.of(), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("caption");
    }

    private RgbImage draw(RgbImage image, List<LabelledBox> boxes, String caption) {
        return decoder.decode("drawn.png", new AnnotatedImage(image, boxes, caption).toPng());
    }

    private static RgbImage image(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (90 + i / 3 % width * 7 % 60);
        }
        return new RgbImage("image", "0".repeat(64), width, height, 1, rgb);
    }

    private static boolean isSame(RgbImage a, RgbImage b, int x, int y) {
        return pixel(a, x, y) == pixel(b, x, y);
    }

    private static int pixel(RgbImage image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        byte[] rgb = image.rgb();
        return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
    }

    private static int darkPixelsBelow(RgbImage image) {
        int dark = 0;
        for (int y = HEIGHT + 2; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                dark += (pixel(image, x, y) & 0xFF) < 100 ? 1 : 0;
            }
        }
        return dark;
    }
}
