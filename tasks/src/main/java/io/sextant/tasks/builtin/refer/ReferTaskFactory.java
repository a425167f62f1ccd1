package io.sextant.tasks.builtin.refer;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code refer}, referring expression comprehension. */
public final class ReferTaskFactory implements TaskFactory {
    static final String NAME = "refer";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of("template"));
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new ReferTask(ReferSettings.of(settings));
    }
}
