package io.sextant.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.training.stage.DataShare;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MixSamplerTest {
    @Test
    void drawsByTheRatios() {
        DataShare often = new DataShare("world/refer", 30, false, 1);
        DataShare rarely = new DataShare("world/text", 10, false, 1);
        MixSampler mix = new MixSampler(List.of(often, rarely));
        SplittableRandom random = new SplittableRandom(1);
        int draws = 20_000;
        long count = 0;
        for (int i = 0; i < draws; i++) {
            count += mix.draw(random).equals(often) ? 1 : 0;
        }
        assertThat((double) count / draws).isCloseTo(0.75, Offset.offset(0.02));
    }

    @Test
    void refusesDataSetsTheWorldHasNot() {
        assertThatThrownBy(() -> WorldLessons.requireKnown(new DataShare("coco/caption", 1, false, 1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("coco/caption")
                .hasMessageContaining("world/refer");
        WorldLessons.requireKnown(new DataShare("world/conversation", 1, false, 2));
    }
}
