package io.sextant.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelStatisticsTest {
    /** What is so at this moment, and says nothing of the past. */
    private static final Set<String> OF_THE_MOMENT =
            Set.of("running", "waiting", "blocks", "freeBlocks", "sharedBlocks", "keptBeginnings", "pendingBytes");

    private final ModelStatistics one = statistics(1000);
    private final ModelStatistics other = statistics(1);

    @Test
    void addsAllButTheSizeOfBlocks() throws Exception {
        for (RecordComponent component : ModelStatistics.class.getRecordComponents()) {
            long expected = component.getName().equals("blockPositions")
                    ? number(component, one)
                    : number(component, one) + number(component, other);
            assertThat(number(component, one.plus(other)))
                    .as(component.getName())
                    .isEqualTo(expected);
        }
    }

    @Test
    void keepsTheCountersOfAModelThatHasGone() throws Exception {
        for (RecordComponent component : ModelStatistics.class.getRecordComponents()) {
            assertThat(number(component, one.counted()))
                    .as(component.getName())
                    .isEqualTo(OF_THE_MOMENT.contains(component.getName()) ? 0 : number(component, one));
        }
    }

    private static long number(RecordComponent component, ModelStatistics statistics) throws Exception {
        Object value = component.getAccessor().invoke(statistics);
        return value instanceof Duration time ? time.toNanos() : ((Number) value).longValue();
    }

    /** Another number everywhere. */
    private static ModelStatistics statistics(int factor) {
        return new ModelStatistics(
                factor,
                2 * factor,
                3 * factor,
                4 * factor,
                5 * factor,
                6 * factor,
                7 * factor,
                8 * factor,
                9 * factor,
                10 * factor,
                11 * factor,
                12 * factor,
                13 * factor,
                14 * factor,
                Duration.ofNanos(15 * factor),
                Duration.ofNanos(16 * factor),
                17 * factor,
                18 * factor,
                19 * factor,
                20 * factor,
                21 * factor,
                22 * factor);
    }
}
