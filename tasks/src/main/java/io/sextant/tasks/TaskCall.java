package io.sextant.tasks;

import java.util.Objects;

/**
 * A task and what is asked of it.
 *
 * @param task the task's name
 * @param input the question
 */
public record TaskCall(String task, TaskInput input) {
    public TaskCall {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(input, "input");
    }
}
