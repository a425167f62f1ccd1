package io.sextant.training.world.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class RenderTest {
    private static final int RED = 0xFFFF0000;

    @Test
    void boxHoldsThePixelsWithAlphaOverForty() {
        int[] pixels = new int[Render.SIDE * Render.SIDE];
        pixels[100 * Render.SIDE + 99] = 40 << 24;
        pixels[100 * Render.SIDE + 100] = 41 << 24;
        pixels[120 * Render.SIDE + 130] = 0xFF00FF00;
        Render render = Render.of(pixels);

        assertThat(new int[] {render.left(), render.top(), render.right(), render.bottom()})
                .containsExactly(100, 100, 131, 121);
    }

    @Test
    void boxLeavesAHaloOut() {
        Render render = Render.of(SyntheticRenders.ellipse(RED, 40, 60));

        assertThat(new int[] {render.left(), render.top(), render.right(), render.bottom()})
                .containsExactly(88, 68, 168, 188);
        assertThat(render.aspectRatio()).isEqualTo(80.0 / 120);
    }

    @Test
    void coversTheMiddleAndNotTheCornersOfAnEllipse() {
        Render render = Render.of(SyntheticRenders.ellipse(RED, 40, 60));

        assertThat(render.covers(0.5, 0.5)).isTrue();
        assertThat(render.covers(0.02, 0.02)).isFalse();
        assertThat(render.covers(1, 1)).isFalse();
    }

    @Test
    void premultipliesAndHalves() {
        int[] pixels = new int[Render.SIDE * Render.SIDE];
        pixels[0] = 0x80FF4000;
        pixels[1] = 0xFFFFFFFF;
        Render render = Render.of(pixels);

        assertThat(render.level(0)[0]).isEqualTo(0x80802000);
        assertThat(render.level(1)[0]).as("mean of four, two of them empty").isEqualTo(0x60604840);
        assertThat(render.level(render.levels() - 1)).hasSize(64);
    }

    @Test
    void refusesAnEmptyImage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Render.of(new int[Render.SIDE * Render.SIDE]))
                .withMessageContaining("nothing");
    }

    @Test
    void aReaderForWebPIsOnTheClassPath() {
        assertThat(ImageIO.getImageReadersByFormatName("webp").hasNext()).isTrue();
    }
}
