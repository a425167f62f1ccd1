package io.sextant.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.training.run.TinyRuns;
import io.sextant.training.stage.SceneShare;
import io.sextant.training.world.World;
import io.sextant.training.world.scene.Split;
import org.junit.jupiter.api.Test;

class SceneImagesTest {
    private static final int SIDE = 28;
    private static final int POOL = 3;

    private final World world = TinyRuns.world();

    @Test
    void aPoolComesAgainMirroredAndThenAsItWas() {
        SceneImages images = images(POOL);
        for (long index = 0; index < POOL; index++) {
            assertThat(images.scene(Split.TRAIN, index + POOL))
                    .isEqualTo(images.scene(Split.TRAIN, index).mirrored());
            assertThat(images.scene(Split.TRAIN, index + 2 * POOL)).isEqualTo(images.scene(Split.TRAIN, index));
            assertThat(images.image(Split.TRAIN, index + POOL).rgb())
                    .isEqualTo(images.image(Split.TRAIN, index).mirrored().rgb());
        }
        assertThat(images.scene(Split.TRAIN, 0)).isNotEqualTo(images.scene(Split.TRAIN, 1));
    }

    @Test
    void whatWasKeptIsWhatWouldBeDrawn() {
        SceneImages kept = images(POOL);
        kept.image(Split.TRAIN, 0);
        assertThat(kept.image(Split.TRAIN, 2 * POOL).rgb())
                .isEqualTo(images(0).image(Split.TRAIN, 0).rgb());
    }

    @Test
    void questionsAreNewEachTime() {
        SceneImages images = images(POOL);
        assertThat(images.random(Split.TRAIN, POOL).nextLong())
                .isNotEqualTo(images.random(Split.TRAIN, 0).nextLong());
    }

    @Test
    void onlyTrainingScenesArePooled() {
        SceneImages images = images(POOL);
        assertThat(images.scene(Split.VALIDATION, POOL).seed())
                .isNotEqualTo(images.scene(Split.VALIDATION, 0).seed());
    }

    private SceneImages images(int pool) {
        return new SceneImages(world, new SceneShare(80, 1, 6, pool, 0.5, 0, 0, 0), 7, SIDE);
    }
}
