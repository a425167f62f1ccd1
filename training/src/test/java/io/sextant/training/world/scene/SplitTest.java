package io.sextant.training.world.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void noTwoScenesShareASeed() {
        Set<Long> seeds = new HashSet<>();
        long[] dataSets = {0, 1, 2, Split.LARGEST_SEED};
        long[] indices = {0, 1, 2, 999, (1L << 40) - 1};
        for (Split split : Split.values()) {
            for (long seed : dataSets) {
                for (long index : indices) {
                    seeds.add(split.sceneSeed(seed, index));
                }
            }
        }

        assertThat(seeds).hasSize(Split.values().length * dataSets.length * indices.length);
    }

    @Test
    void theSplitCanBeReadOffASeed() {
        for (Split split : Split.values()) {
            assertThat(split.sceneSeed(Split.LARGEST_SEED, (1L << 40) - 1) >>> 61)
                    .isEqualTo(split.ordinal());
        }
    }

    @Test
    void refusesSeedsThatWouldReachIntoAnotherSplit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.TRAIN.sceneSeed(Split.LARGEST_SEED + 1, 0))
                .withMessageContaining("2097152");
        assertThatIllegalArgumentException().isThrownBy(() -> Split.TRAIN.sceneSeed(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Split.TRAIN.sceneSeed(0, 1L << 40));
    }
}
