package io.sextant.tasks.builtin.chat;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code chat}, a free conversation without a task identifier. */
public final class ChatTaskFactory implements TaskFactory {
    static final String NAME = "chat";

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
        return new ChatTask();
    }
}
