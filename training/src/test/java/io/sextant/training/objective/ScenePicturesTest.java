package io.sextant.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.training.run.TinyRuns;
import io.sextant.training.stage.SceneShare;
import io.sextant.training.world.World;
import io.sextant.training.world.scene.Split;
import org.junit.jupiter.api.Test;

class ScenePicturesTest {
    private static final int SIDE = 28;
    private static final int POOL = 3;

    private final World world = TinyRuns.world();

    @Test
    void aPoolComesAgainMirroredAndThenAsItWas() {
        ScenePictures pictures = pictures(POOL);
        for (long index = 0; index < POOL; index++) {
            assertThat(pictures.scene(Split.TRAIN, index + POOL))
                    .isEqualTo(pictures.scene(Split.TRAIN, index).mirrored());
            assertThat(pictures.scene(Split.TRAIN, index + 2 * POOL)).isEqualTo(pictures.scene(Split.TRAIN, index));
            assertThat(pictures.picture(Split.TRAIN, index + POOL).rgb())
                    .isEqualTo(pictures.picture(Split.TRAIN, index).mirrored().rgb());
        }
        assertThat(pictures.scene(Split.TRAIN, 0)).isNotEqualTo(pictures.scene(Split.TRAIN, 1));
    }

    @Test
    void whatWasKeptIsWhatWouldBeDrawn() {
        ScenePictures kept = pictures(POOL);
        kept.picture(Split.TRAIN, 0);
        assertThat(kept.picture(Split.TRAIN, 2 * POOL).rgb())
                .isEqualTo(pictures(0).picture(Split.TRAIN, 0).rgb());
    }

    @Test
    void questionsAreNewEachTime() {
        ScenePictures pictures = pictures(POOL);
        assertThat(pictures.random(Split.TRAIN, POOL).nextLong())
                .isNotEqualTo(pictures.random(Split.TRAIN, 0).nextLong());
    }

    @Test
    void onlyTrainingScenesArePooled() {
        ScenePictures pictures = pictures(POOL);
        assertThat(pictures.scene(Split.VALIDATION, POOL).seed())
                .isNotEqualTo(pictures.scene(Split.VALIDATION, 0).seed());
    }

    private ScenePictures pictures(int pool) {
        return new ScenePictures(world, new SceneShare(80, 1, 6, pool, 0.5, 0, 0, 0), 7, SIDE);
    }
}
