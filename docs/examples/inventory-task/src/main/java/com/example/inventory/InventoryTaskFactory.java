package com.example.inventory;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code inventory}. */
public final class InventoryTaskFactory implements TaskFactory {
    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of());
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new InventoryTask();
    }
}
