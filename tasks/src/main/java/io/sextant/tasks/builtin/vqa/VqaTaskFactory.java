package io.sextant.tasks.builtin.vqa;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code vqa}, visual question answering. */
public final class VqaTaskFactory implements TaskFactory {
    static final String NAME = "vqa";

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
        return new VqaTask(VqaSettings.of(settings));
    }
}
