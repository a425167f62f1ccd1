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
    void asksAboutAPartOfTheImage(SampleScene scene) throws Exception {
        BufferedImage image = ImageIO.read(SampleScene.class.getResource(scene.fileName()));
        assertThat(scene.box().xMax()).isLessThanOrEqualTo(image.getWidth());
        assertThat(scene.box().yMax()).isLessThanOrEqualTo(image.getHeight());
        assertThat(scene.steps())
                .extracting(SampleScene.Step::task)
                .doesNotHaveDuplicates()
                .hasSize(6);
    }
}
