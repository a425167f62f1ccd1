package io.sextant.training.world.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.render.Renders;
import io.sextant.training.world.render.SyntheticRenders;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SceneGeneratorTest {
    private static final Nouns NOUNS = Nouns.load();
    private static final Renders RENDERS = SyntheticRenders.of(NOUNS);

    private final SceneGenerator generator = new SceneGenerator(SceneSettings.of(NOUNS), RENDERS);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765})
    void scenesKeepToTheWorldsRules(long seed) {
        Scene scene = generator.generate(seed);

        assertThat(scene.width()).isBetween(224, 1024);
        assertThat(scene.height()).isBetween(224, 1024);
        assertThat((double) scene.width() / scene.height()).isBetween(0.495, 2.01);
        assertThat(scene.objects()).hasSizeBetween(1, 6);
        for (PlacedObject object : scene.objects()) {
            PixelBox box = object.box();
            assertThat(box.xMin()).isNotNegative();
            assertThat(box.yMin()).isNotNegative();
            assertThat(box.xMax()).isLessThanOrEqualTo(scene.width());
            assertThat(box.yMax()).isLessThanOrEqualTo(scene.height());
            assertThat(object.longerSide() / Math.min(scene.width(), scene.height()))
                    .isBetween(0.13, 0.55);
            assertThat((box.xMax() - box.xMin()) / (box.yMax() - box.yMin()))
                    .isEqualTo(RENDERS.of(object.noun()).aspectRatio(), offset(0.12));
            assertThat(object.visibleShare()).isBetween(0.8, 1.0);
        }
    }

    @Test
    void theSameSeedGivesTheSameSceneAndAnotherSeedAnother() {
        assertThat(generator.generate(7)).isEqualTo(generator.generate(7)).isNotEqualTo(generator.generate(8));
    }

    @Test
    void scenesVaryInAllTheyCan() {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            scenes.add(generator.generate(i));
        }

        assertThat(scenes.stream().map(scene -> scene.objects().size()).distinct())
                .hasSize(6);
        assertThat(scenes.stream().map(scene -> scene.background().kind()).distinct())
                .hasSize(BackgroundKind.values().length);
        assertThat(scenes.stream()
                        .flatMap(scene -> scene.background().colour().stream())
                        .distinct())
                .hasSize(DominantColour.values().length);
        assertThat(scenes.stream().flatMap(scene -> scene.nouns().stream()).distinct())
                .hasSize(80);
        assertThat(scenes.stream().flatMap(scene -> scene.objects().stream()))
                .anyMatch(PlacedObject::mirrored)
                .anyMatch(object -> object.visibleShare() < 0.95);
        assertThat(scenes).anyMatch(scene -> scene.width() == scene.height());
        assertThat(scenes)
                .anyMatch(scene -> scene.nouns().size() < scene.objects().size());
    }

    @Test
    void keepsToTheNumberOfObjectsAskedFor() {
        SceneGenerator one = new SceneGenerator(new SceneSettings(NOUNS.first(4), 1, 1, 0), RENDERS);

        for (int i = 0; i < 50; i++) {
            Scene scene = one.generate(i);
            assertThat(scene.objects()).hasSize(1);
            assertThat(scene.objects().get(0).noun().index()).isLessThan(4);
        }
    }

    @Test
    void anObjectThatWouldHideTooMuchIsLeftOut() {
        SceneLayout layout = new SceneLayout(RENDERS);
        PixelBox box = new PixelBox(0, 0, 100, 100);

        assertThat(layout.add(NOUNS.list().get(0), box, false)).isTrue();
        assertThat(layout.add(NOUNS.list().get(1), box, false)).isFalse();
        assertThat(layout.add(NOUNS.list().get(1), new PixelBox(85, 0, 185, 100), false))
                .isTrue();
        assertThat(layout.objects()).hasSize(2);
        assertThat(layout.objects().get(0).visibleShare()).isBetween(0.8, 1.0);
        assertThat(layout.objects().get(1).visibleShare()).isEqualTo(1);
    }

    @Test
    void whatIsHiddenBySeveralAddsUp() {
        SceneLayout layout = new SceneLayout(RENDERS);
        layout.add(NOUNS.list().get(0), new PixelBox(100, 100, 200, 200), false);

        assertThat(layout.add(NOUNS.list().get(0), new PixelBox(184, 100, 284, 200), false))
                .isTrue();
        double afterOne = layout.objects().get(0).visibleShare();
        assertThat(layout.add(NOUNS.list().get(0), new PixelBox(16, 100, 116, 200), false))
                .isTrue();

        assertThat(layout.objects().get(0).visibleShare()).isLessThan(afterOne);
        assertThat(layout.add(NOUNS.list().get(0), new PixelBox(100, 150, 200, 250), false))
                .isFalse();
    }
}
