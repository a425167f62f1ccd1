package io.sextant.tasks;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/**
 * Stands for a plugin that could not be made, so that the registry can say why its task is not there.
 *
 * @param why what to tell
 */
record BrokenPlugin(String why) implements TaskFactory {
    @Override
    public String name() {
        return "left-out";
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of());
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        throw new IllegalStateException(why);
    }
}
