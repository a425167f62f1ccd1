package io.sextant.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SampleSceneTest {
    static List<SampleScene> scenes() {
        return SampleScene.ALL;
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void isThePictureTheArtistDraws(SampleScene scene) throws Exception {
        BufferedImage drawn = SceneArtist.draw(scene.name());
        BufferedImage stored = ImageIO.read(SampleScene.class.getResource(scene.fileName()));
        assertThat(pixels(stored)).isEqualTo(pixels(drawn));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void asksAboutAPartOfThePicture(SampleScene scene) {
        assertThat(scene.box().xMax()).isLessThanOrEqualTo(SceneArtist.WIDTH);
        assertThat(scene.box().yMax()).isLessThanOrEqualTo(SceneArtist.HEIGHT);
        assertThat(scene.steps())
                .extracting(SampleScene.Step::task)
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
