package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationSettings;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.Familiarity;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's scenes against photographs, with the embedded model. */
final class FamiliarityTest {
    private static final List<String> SCENES = List.of(
            "demo/elephants.jpg",
            "demo/rocket.jpg",
            "demo/balloon.jpg",
            "demo/sheep.jpg",
            "demo/owls.png",
            "demo/cakes.jpg",
            "demo/boats.jpg",
            "demo/trucks.jpg");
    private static final List<String> PHOTOGRAPHS = List.of("photos/coffee.jpg", "photos/chelsea.jpg");

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);

    @TempDir
    private Path folder;

    private static Familiarity open(Path model) {
        try (var opened = ModelLoader.load(ModelSettings.of(model))) {
            return Familiarity.of(opened, model).orElseThrow();
        }
    }

    private boolean isFamiliar(Familiarity familiarity, String resource) throws Exception {
        try (InputStream stream = FamiliarityTest.class.getResourceAsStream(resource)) {
            return familiarity.isFamiliar(decoder.decode(resource, stream.readAllBytes()));
        }
    }

    @Test
    void tellsPhotographsFromScenes() throws Exception {
        try (Familiarity familiarity = open(EmbeddedModel.folder())) {
            for (String scene : SCENES) {
                assertThat(isFamiliar(familiarity, scene)).as(scene).isTrue();
            }
            for (String photograph : PHOTOGRAPHS) {
                assertThat(isFamiliar(familiarity, photograph)).as(photograph).isFalse();
            }
        }
    }

    @Test
    void judgesAnImageByWhatTheModelMadeOfItAsByWhatItMakesItself() throws Exception {
        Path copy = folder.resolve("copy");
        try (var opened = ModelLoader.load(ModelSettings.of(EmbeddedModel.folder()));
                Familiarity listening = Familiarity.of(opened, copy).orElseThrow()) {
            for (String resource : List.of(SCENES.get(0), PHOTOGRAPHS.get(0))) {
                try (InputStream stream = FamiliarityTest.class.getResourceAsStream(resource)) {
                    RgbImage image = decoder.decode(resource, stream.readAllBytes());
                    opened.generate(new GenerationRequest(
                            List.of(image),
                            List.of(Turn.open(List.of(PromptSegment.userText("what?")))),
                            GenerationSettings.DEFAULT.withMaxNewTokens(1)));

                    // There are no files to make an encoder of its own from.
                    assertThat(listening.isFamiliar(image)).isEqualTo(SCENES.contains(resource));
                }
            }
        }
    }

    @Test
    void saysNothingOfAnotherModel() {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 1);
        try (var other = ModelLoader.load(ModelSettings.of(folder.resolve("model")))) {
            assertThat(Familiarity.of(other, folder.resolve("model"))).isEmpty();
        }
    }
}
