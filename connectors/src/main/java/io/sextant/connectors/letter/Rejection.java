package io.sextant.connectors.letter;

import io.sextant.core.error.ErrorCategory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an image went to the dead letters.
 *
 * @param pipeline the pipeline's name
 * @param category who has to act
 * @param message what happened, to which input
 * @param whatToDo for the reader of the dead letter
 * @param stackHash for a defect: equal for failures at the same place of the program; else null
 * @param attempts how often the image was tried, at least 1
 * @param time when it was rejected
 * @param failedSteps the steps that failed; none if the image could not be read at all
 * @param publishedSteps the steps whose results were published nevertheless
 */
public record Rejection(
        String pipeline,
        ErrorCategory category,
        String message,
        String whatToDo,
        @Nullable String stackHash,
        int attempts,
        Instant time,
        List<FailedStep> failedSteps,
        List<String> publishedSteps) {
    public Rejection {
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(whatToDo, "whatToDo");
        Objects.requireNonNull(time, "time");
        failedSteps = List.copyOf(failedSteps);
        publishedSteps = List.copyOf(publishedSteps);
    }

    /**
     * A step that failed.
     *
     * @param step the step's name
     * @param task the task's name
     * @param category who has to act
     * @param message what happened
     * @param stackHash for a defect, else null
     */
    public record FailedStep(
            String step,
            String task,
            ErrorCategory category,
            String message,
            @Nullable String stackHash) {
        public FailedStep {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(category, "category");
            Objects.requireNonNull(message, "message");
        }
    }
}
