package io.sextant.tasks.builtin.grounding;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code grounding}, grounded captioning. */
public final class GroundingTaskFactory implements TaskFactory {
    static final String NAME = "grounding";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of("default-prompt"));
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new GroundingTask(GroundingSettings.of(settings));
    }
}
