package io.sextant.tasks.declared;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a declared task where a plugin's factory is asked for.
 *
 * @param declared the task
 */
record DeclaredFactory(TaskDeclaration declared) implements TaskFactory {
    @Override
    public String name() {
        return declared.name();
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of());
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return declared.toTask();
    }
}
