package io.sextant.tasks.spi;

import io.sextant.core.FinishReason;
import java.util.Objects;

/**
 * What a step found.
 *
 * @param step the question
 * @param text as the model wrote it
 * @param result in pixels of the whole image; a {@link TaskResult.Custom} alone is as the task made it, in pixels of the part
 * @param finishReason why the answer ended
 * @since 0.1
 */
public record StepAnswer(Step step, String text, TaskResult result, FinishReason finishReason) {
    public StepAnswer {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(finishReason, "finishReason");
    }
}
