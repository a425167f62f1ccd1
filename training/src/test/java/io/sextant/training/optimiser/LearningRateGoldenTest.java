package io.sextant.training.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LearningRateGoldenTest {
    private static final double TOLERANCE = 1e-12;

    @Test
    void followsTheReferencesSchedules() {
        JsonObject schedules =
                GoldenSet.open().json("golden/learning_rate.json").getAsJsonObject("schedules");
        Coverage coverage = new Coverage("learning rates", schedules.keySet());
        for (String name : schedules.keySet()) {
            JsonObject schedule = schedules.getAsJsonObject(name);
            JsonObject config = schedule.getAsJsonObject("config");
            LearningRate rate = new LinearWarmUpCosine(
                    config.get("max_epoch").getAsLong(),
                    config.get("iters_per_epoch").getAsLong(),
                    config.get("init_lr").getAsDouble(),
                    config.get("min_lr").getAsDouble(),
                    config.get("warmup_steps").getAsLong(),
                    config.get("warmup_start_lr").getAsDouble());
            JsonArray steps = schedule.getAsJsonArray("steps");
            assertThat(steps.size()).as(name).isPositive();
            for (int i = 0; i < steps.size(); i++) {
                assertThat(rate.at(steps.get(i).getAsLong()))
                        .as(name + " at step " + steps.get(i))
                        .isCloseTo(schedule.getAsJsonArray("lr").get(i).getAsDouble(), Offset.offset(TOLERANCE));
                coverage.compared(name);
            }
        }
        coverage.assertComplete();
    }
}
