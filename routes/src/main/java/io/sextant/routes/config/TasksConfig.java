package io.sextant.routes.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** Keys under {@code sextant.tasks."name"}: settings of tasks, and tasks declared without Java. */
@ConfigMapping(prefix = "sextant.tasks")
public interface TasksConfig {

    /**
     * By task name, what the task is told; which keys there are is the task's own matter, and a key it does not know fails
     * the start. A key guessed from an environment variable, of a task that does not tell its keys, ends in {@code ?}; where the
     * task does not know it, a warning says so. A name no plugin has, with a {@code template}, an {@code
     * identifier} or {@code steps[0].ask}, declares a new task, {@code "name@2"} a version of it; its further keys are {@code shape} (text, answer,
     * phrases, boxes, number), {@code answers}, {@code headers}, {@code default-prompt}, {@code image} (required, optional, unused) and {@code
     * summary}.
     */
    @WithParentName
    Map<String, Map<String, String>> tasks();
}
