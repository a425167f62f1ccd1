package io.sextant.tasks.builtin.detection;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code detection}, object parsing and grounding. */
public final class DetectionTaskFactory implements TaskFactory {
    static final String NAME = "detection";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of());
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new DetectionTask();
    }
}
