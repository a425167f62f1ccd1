package io.sextant.tasks.builtin.each;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code read-each}. */
public final class ReadEachTaskFactory implements TaskFactory {
    static final String NAME = "read-each";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of(ReadEachSettings.QUESTION, ReadEachSettings.MARGIN));
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new ReadEachTask(ReadEachSettings.of(settings));
    }
}
