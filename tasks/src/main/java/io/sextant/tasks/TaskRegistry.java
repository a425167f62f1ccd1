package io.sextant.tasks;

import io.sextant.tasks.spi.VisionTask;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tasks an application has, by name: built-in, plugged in and declared. Made by {@link TaskRegistries}. */
public interface TaskRegistry {

    /**
     * @param name as in {@code sextant:<name>}; {@code name@2} is a version of a task, and the name alone its highest
     * @throws io.sextant.core.error.InvalidRequestException naming the known tasks, if there is none of this name
     */
    VisionTask task(String name);

    /** As {@link #task}, but empty if there is none of this name. */
    default Optional<VisionTask> find(String name) {
        return tasks().stream()
                .filter(task -> task.descriptor().name().equals(name))
                .findFirst();
    }

    /** All tasks, ordered by name; of a task with versions each. */
    Collection<VisionTask> tasks();

    /**
     * The identifiers of all tasks, for {@code ModelSettings.withTaskIdentifiers}: what the model is opened with, so that no
     * user's words become one.
     */
    default Set<String> taskIdentifiers() {
        Set<String> identifiers = new TreeSet<>();
        tasks().forEach(task -> identifiers.addAll(task.taskIdentifiers()));
        return Set.copyOf(identifiers);
    }

    /** Which plugins are not there because their code is at fault, and why: one sentence or two of each, for people. */
    default List<String> leftOut() {
        return List.of();
    }

    /**
     * What a task was made from: its settings, or a declared task's definition. Part of the id of its results, because
     * another setting may give another result for the same question.
     *
     * @param name of a task in this registry
     */
    default Map<String, String> definition(String name) {
        return Map.of();
    }
}
