package io.sextant.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.box.PixelBox;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRegionTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 5;

    private static RgbImage image() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) i;
        }
        return new RgbImage("a.png", "a".repeat(64), WIDTH, HEIGHT, 1, rgb);
    }

    @ParameterizedTest
    @CsvSource({
        "'1,1,3,2', 0, '1,1 2x1'",
        "'1.5,1.5,2.5,2.5', 0, '1,1 2x2'",
        "'2,2,4,4', 0.5, '1,1 4x4'",
        "'-9,-9,99,99', 0, '0,0 7x5'",
        "'6,4,6,4', 3, '6,4 1x1'",
        "'0,0,7,5', 10, '0,0 7x5'",
        "'6.5,0,90,1', 0, '6,0 1x1'",
        "'7,0,7,1', 0, '6,0 1x1'",
        "'0,5,3,5', 0, '0,4 3x1'",
        "'7,5,7,5', 1, '6,4 1x1'",
    })
    void takesThePixelsThatABoxTouches(String box, double margin, String place) {
        ImageRegion region = ImageRegion.around(image(), PixelBox.parse(box), margin);

        assertThat(region.x() + "," + region.y() + " " + region.width() + "x" + region.height())
                .isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7,0,9,1", "0,5,1,9", "-3,0,-1,1", "0,-3,1,-1"})
    void refusesABoxOutsideOfTheImage(String box) {
        assertThatThrownBy(() -> ImageRegion.around(image(), PixelBox.parse(box), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.png (7x5)");
    }

    @Test
    void holdsThePixelsOfItsPlace() {
        RgbImage part = ImageRegion.around(image(), new PixelBox(2, 1, 4, 3), 0).image();

        assertThat(part.width()).isEqualTo(2);
        assertThat(part.height()).isEqualTo(2);
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 2; x++) {
                assertThat(part.rgb()[3 * (2 * y + x)]).isEqualTo((byte) (3 * (WIDTH * (y + 1) + x + 2)));
            }
        }
    }

    @Test
    void equalPlacesOfOneImageHaveEqualDigestsAndNoOthers() {
        RgbImage image = image();
        List<String> digests = List.of(
                digest(image, 0, 0, 2, 2), digest(image, 1, 0, 3, 2), digest(image, 0, 0, 3, 2), image.digest());

        assertThat(digest(image, 0, 0, 2, 2)).isEqualTo(digests.get(0)).matches("[0-9a-f]{64}");
        assertThat(digests).doesNotHaveDuplicates();
    }

    private static String digest(RgbImage image, double xMin, double yMin, double xMax, double yMax) {
        return ImageRegion.around(image, new PixelBox(xMin, yMin, xMax, yMax), 0)
                .image()
                .digest();
    }

    @Test
    void boxesGoThereAndBack() {
        ImageRegion region = ImageRegion.around(image(), new PixelBox(2, 1, 4, 3), 0);
        PixelBox box = new PixelBox(2.5, 1, 3, 2);

        assertThat(region.toPart(box)).isEqualTo(new PixelBox(0.5, 0, 1, 1));
        assertThat(region.toWhole(region.toPart(box))).isEqualTo(box);
    }
}
