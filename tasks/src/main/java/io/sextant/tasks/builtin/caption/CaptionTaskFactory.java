package io.sextant.tasks.builtin.caption;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code caption}, image captioning. */
public final class CaptionTaskFactory implements TaskFactory {
    static final String NAME = "caption";

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
        return new CaptionTask(CaptionSettings.of(settings));
    }
}
