package com.example.colour;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code colour}. */
public final class ColourTaskFactory implements TaskFactory {
    @Override
    public String name() {
        return "colour";
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of("palette"));
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new ColourTask(ColourSettings.of(settings));
    }
}
