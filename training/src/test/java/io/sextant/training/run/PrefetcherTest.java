package io.sextant.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.objective.Objective;
import io.sextant.training.objective.PreparedBatch;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class PrefetcherTest {
    @Test
    void handsBatchesOutInTheirOrder() {
        try (Prefetcher batches = new Prefetcher(making(Numbered::new), 5)) {
            for (long number = 5; number < 50; number++) {
                assertThat(batches.next()).isEqualTo(new Numbered(number));
            }
        }
    }

    @Test
    void saysWhatToDoWhereMemoryIsShort() {
        Objective objective = making(number -> {
            throw new OutOfMemoryError("Java heap space");
        });
        try (Prefetcher batches = new Prefetcher(objective, 0)) {
            assertThatThrownBy(batches::next)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("memory is short (Java heap space)")
                    .hasMessageContaining("scenes.pool")
                    .hasMessageContaining("SEXTANT_JAVA_OPTIONS");
        }
    }

    private static Objective making(LongFunction<PreparedBatch> maker) {
        return new Objective() {
            @Override
            public PreparedBatch prepare(long number) {
                return maker.apply(number);
            }

            @Override
            public Map<String, Double> measure(TrainableModel model) {
                return Map.of();
            }
        };
    }

    private record Numbered(long number) implements PreparedBatch {
        @Override
        public double train(TrainableModel model, float share) {
            return number;
        }

        @Override
        public boolean reaches(String parameter) {
            return true;
        }
    }
}
