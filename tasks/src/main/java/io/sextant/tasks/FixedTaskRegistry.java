package io.sextant.tasks;

import io.sextant.core.error.InvalidRequestException;
import io.sextant.tasks.TaskRegistries.NamedTask;
import io.sextant.tasks.declared.TaskVersion;
import io.sextant.tasks.spi.VisionTask;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tasks that do not change after start-up. Immutable. */
final class FixedTaskRegistry implements TaskRegistry {
    private final Map<String, NamedTask> tasks;
    private final Map<String, NamedTask> highest;
    private final List<VisionTask> ordered;
    private final List<String> leftOut;

    /** @param leftOut what to tell of plugins that are not there */
    FixedTaskRegistry(Map<String, NamedTask> tasks, List<String> leftOut) {
        this.leftOut = List.copyOf(leftOut);
        this.tasks = new TreeMap<>(tasks);
        this.highest = TaskVersion.highest(this.tasks);
        this.ordered = this.tasks.values().stream().map(NamedTask::task).toList();
    }

    @Override
    public VisionTask task(String name) {
        return named(name).task();
    }

    @Override
    public Optional<VisionTask> find(String name) {
        return Optional.ofNullable(known(name)).map(NamedTask::task);
    }

    @Override
    public Collection<VisionTask> tasks() {
        return ordered;
    }

    @Override
    public List<String> leftOut() {
        return leftOut;
    }

    @Override
    public Map<String, String> definition(String name) {
        return named(name).definition();
    }

    private NamedTask named(String name) {
        NamedTask task = known(name);
        if (task == null) {
            throw new InvalidRequestException("There is no task \"" + name + "\"; known are " + tasks.keySet() + "."
                    + (leftOut.isEmpty() ? "" : " Left out: " + String.join(" ", leftOut)));
        }
        return task;
    }

    private @Nullable NamedTask known(String name) {
        NamedTask task = tasks.get(name);
        return task == null ? highest.get(name) : task;
    }
}
