package io.sextant.training.world.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.render.Renders;
import io.sextant.training.world.render.SyntheticRenders;
import io.sextant.training.world.scene.Background;
import io.sextant.training.world.scene.BackgroundKind;
import io.sextant.training.world.scene.DominantColour;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.SceneSettings;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenePainterTest {
    private static final Nouns NOUNS = Nouns.load();
    private static final Renders RENDERS = SyntheticRenders.of(NOUNS);
    private static final Background GREY = new Background(BackgroundKind.PLAIN, DominantColour.GREY);

    private final ScenePainter painter = new ScenePainter(RENDERS);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anObjectsPixelsFillItsBoxAtAnySize(long seed) {
        SceneSettings single = new SceneSettings(NOUNS, 1, 1, 0);
        Scene scene = new SceneGenerator(single, RENDERS).generate(seed);
        PixelBox truth = scene.objects().get(0).box();

        assertSameEdges(paintedBox(painter.paint(scene)), truth, 1, 1);
        assertSameEdges(
                paintedBox(painter.paint(scene, 224, 224)), truth, 224.0 / scene.width(), 224.0 / scene.height());
    }

    @Test
    void theSameSceneGivesTheSameImage() {
        Scene scene = new SceneGenerator(SceneSettings.of(NOUNS), RENDERS).generate(3);

        assertThat(painter.paint(scene, 168, 168).rgb())
                .isEqualTo(painter.paint(scene, 168, 168).rgb());
        assertThat(painter.paint(scene).toImage("a").digest())
                .isEqualTo(painter.paint(scene).toImage("b").digest());
    }

    @Test
    void aMirroredImageShowsTheMirroredScene() {
        Scene scene = new SceneGenerator(new SceneSettings(NOUNS, 1, 1, 0), RENDERS).generate(5);
        Painting painting = painter.paint(scene);
        Painting mirrored = painting.mirrored();

        assertSameEdges(paintedBox(mirrored), scene.mirrored().objects().get(0).box(), 1, 1);
        assertThat(mirrored.rgb()).isNotEqualTo(painting.rgb());
        assertThat(mirrored.mirrored().rgb()).isEqualTo(painting.rgb());
        assertThat(scene.mirrored().mirrored()).isEqualTo(scene);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BackgroundKind.class)
    void aSmallerDrawingLooksLikeTheLargeOne(BackgroundKind kind) {
        DominantColour colour = kind == BackgroundKind.PHOTO_LIKE ? null : DominantColour.BLUE;
        for (int seed = 0; seed < 12; seed++) {
            Scene scene = new Scene(seed, 448, 448, new Background(kind, colour), List.of());
            Painting large = painter.paint(scene);
            Painting small = painter.paint(scene, 112, 112);

            assertThat(meanDifferenceOfCells(large, small))
                    .as("%s, seed %d", kind, seed)
                    .isLessThan(9);
        }
    }

    @Test
    void theFrontObjectIsSeenWhereTwoOverlap() {
        PlacedObject back = new PlacedObject(NOUNS.list().get(0), new PixelBox(20, 20, 120, 120), false, 0.9);
        PlacedObject front = new PlacedObject(NOUNS.list().get(1), new PixelBox(100, 20, 200, 120), false, 1);
        Painting painting = painter.paint(new Scene(1, 224, 224, GREY, List.of(back, front)));

        assertThat(painting.objects()[70 * 224 + 60]).isZero();
        assertThat(painting.objects()[70 * 224 + 110]).isEqualTo((byte) 1);
        assertThat(painting.objects()[200 * 224 + 60]).isEqualTo(Painting.NO_OBJECT);
    }

    @Test
    void mirroredObjectsStayInTheirBox() {
        PlacedObject object = new PlacedObject(NOUNS.list().get(40), new PixelBox(30, 50, 130, 150), true, 1);
        Painting painting = painter.paint(new Scene(1, 224, 224, GREY, List.of(object)));

        assertSameEdges(paintedBox(painting), object.box(), 1, 1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(DominantColour.class)
    void shadesAreNearestToTheirOwnName(DominantColour colour) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            Shade shade = Palette.shade(colour, random);
            float most = Math.max(shade.red(), Math.max(shade.green(), shade.blue()));
            float least = Math.min(shade.red(), Math.min(shade.green(), shade.blue()));
            boolean isAsNamed = switch (colour) {
                case WHITE -> least > 220;
                case BLACK -> most < 45;
                case GREY -> most - least < 20 && most > 85 && most < 200;
                case RED -> shade.red() == most && most > 130 && most - shade.green() > 70;
                case GREEN -> shade.green() == most;
                case BLUE -> shade.blue() == most;
                case YELLOW, BROWN -> shade.red() >= shade.green() && shade.blue() == least;
                case PINK, PURPLE -> shade.green() == least;
            };
            assertThat(isAsNamed).as("%s %s", colour, shade).isTrue();
        }
    }

    @Test
    void patchesTellTheObjectThatTakesEnoughOfThem() {
        PlacedObject object = new PlacedObject(NOUNS.list().get(7), new PixelBox(56, 28, 168, 140), false, 1);
        Scene scene = new Scene(1, 224, 224, GREY, List.of(object));
        PatchTargets targets = PatchTargets.of(scene, painter.paint(scene), 14);

        assertThat(targets.nouns()).hasSize(256);
        assertThat(targets.nouns()[5 * 16 + 7]).as("in the middle of it").isEqualTo(7);
        assertThat(targets.nouns()[2 * 16 + 4]).as("at the corner of its box").isEqualTo(PatchTargets.NO_NOUN);
        assertThat(targets.nouns()[15 * 16 + 15]).as("far from it").isEqualTo(PatchTargets.NO_NOUN);
        int edges = 4 * (5 * 16 + 7);
        assertThat(targets.edges()[edges]).isEqualTo(56f / 224);
        assertThat(targets.edges()[edges + 1]).isEqualTo(28f / 224);
        assertThat(targets.edges()[edges + 2]).isEqualTo(168f / 224);
        assertThat(targets.edges()[edges + 3]).isEqualTo(140f / 224);
    }

    @Test
    void anObjectCountsByTheRootOfItsPatches() {
        PlacedObject small = new PlacedObject(NOUNS.list().get(7), new PixelBox(0, 0, 28, 28), false, 1);
        PlacedObject big = new PlacedObject(NOUNS.list().get(8), new PixelBox(84, 84, 224, 224), false, 1);
        Scene scene = new Scene(1, 224, 224, GREY, List.of(small, big));
        PatchTargets targets = PatchTargets.of(scene, painter.paint(scene), 14);

        double[] weights = new double[2];
        int[] patches = new int[2];
        for (int patch = 0; patch < 256; patch++) {
            int noun = targets.nouns()[patch];
            if (noun == PatchTargets.NO_NOUN) {
                assertThat(targets.weights()[patch]).isEqualTo(1);
            } else {
                weights[noun - 7] += targets.weights()[patch];
                patches[noun - 7]++;
            }
        }
        assertThat(patches[1]).isGreaterThan(4 * patches[0]);
        assertThat(weights[1] / weights[0]).isCloseTo(Math.sqrt((double) patches[1] / patches[0]), offset(1e-4));
    }

    @Test
    void aSmallSceneEnlargedKeepsItsObjectsPlaces() {
        PlacedObject object = new PlacedObject(NOUNS.list().get(7), new PixelBox(56, 28, 168, 140), false, 1);
        Scene scene = new Scene(1, 224, 224, GREY, List.of(object));
        Painting painting = painter.paint(scene);
        Painting enlarged = painting.squashed(448, 336);

        assertThat(enlarged.rgb()).hasSize(448 * 336 * 3);
        assertThat(PatchTargets.of(scene, enlarged, 28).nouns())
                .as("the noun in the middle")
                .satisfies(nouns -> assertThat(nouns[4 * 16 + 7]).isEqualTo(7));
        for (int y = 0; y < 336; y++) {
            for (int x = 0; x < 448; x++) {
                assertThat(enlarged.objects()[y * 448 + x])
                        .isEqualTo(painting.objects()[(2 * y + 1) / 3 * 224 + x / 2]);
            }
        }
        assertThat(painting.squashed(224, 224)).isSameAs(painting);
    }

    @Test
    void refusesPatchesThatDoNotFillTheImage() {
        Scene scene = new Scene(1, 224, 224, GREY, List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchTargets.of(scene, painter.paint(scene, 100, 100), 14))
                .withMessageContaining("14");
    }

    /** Where a pixel is covered in part, an edge may reach a pixel further than the object; scaling rounds it once more. */
    private static void assertSameEdges(PixelBox painted, PixelBox truth, double scaleX, double scaleY) {
        assertThat(painted.xMin()).isEqualTo(truth.xMin() * scaleX, offset(2.0));
        assertThat(painted.xMax()).isEqualTo(truth.xMax() * scaleX, offset(2.0));
        assertThat(painted.yMin()).isEqualTo(truth.yMin() * scaleY, offset(2.0));
        assertThat(painted.yMax()).isEqualTo(truth.yMax() * scaleY, offset(2.0));
    }

    private static PixelBox paintedBox(Painting painting) {
        int left = painting.width();
        int top = painting.height();
        int right = 0;
        int bottom = 0;
        for (int i = 0; i < painting.objects().length; i++) {
            if (painting.objects()[i] != Painting.NO_OBJECT) {
                left = Math.min(left, i % painting.width());
                right = Math.max(right, i % painting.width() + 1);
                top = Math.min(top, i / painting.width());
                bottom = Math.max(bottom, i / painting.width() + 1);
            }
        }
        return new PixelBox(left, top, right, bottom);
    }

    /** Mean difference of 8 x 8 cells' means: what is left once detail and noise are averaged out. */
    private static double meanDifferenceOfCells(Painting a, Painting b) {
        double sum = 0;
        for (int cell = 0; cell < 64; cell++) {
            for (int channel = 0; channel < 3; channel++) {
                sum += Math.abs(cellMean(a, cell, channel) - cellMean(b, cell, channel));
            }
        }
        return sum / 192;
    }

    private static double cellMean(Painting painting, int cell, int channel) {
        int side = painting.width() / 8;
        long sum = 0;
        for (int y = cell / 8 * side; y < (cell / 8 + 1) * side; y++) {
            for (int x = cell % 8 * side; x < (cell % 8 + 1) * side; x++) {
                sum += painting.rgb()[3 * (y * painting.width() + x) + channel] & 0xFF;
            }
        }
        return (double) sum / (side * side);
    }
}
