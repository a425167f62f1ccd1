package io.sextant.tasks.builtin.identify;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code identify}, referring expression generation. */
public final class IdentifyTaskFactory implements TaskFactory {
    static final String NAME = "identify";

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
        return new IdentifyTask(IdentifySettings.of(settings));
    }
}
