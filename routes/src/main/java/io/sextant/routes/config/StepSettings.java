package io.sextant.routes.config;

import io.sextant.core.box.PixelBox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question a pipeline asks about every image.
 *
 * @param name names the step's results; unlike any other step's of the pipeline
 * @param task the task's name
 * @param prompt the words of the question, empty where there are none
 * @param box in pixels of the upright image, or null where there is none
 * @param maxNewTokens longest answer in tokens, or null for what holds everywhere
 */
public record StepSettings(
        String name,
        String task,
        String prompt,
        @Nullable PixelBox box,
        @Nullable Integer maxNewTokens) {
    public StepSettings {
        PipelineNames.requireStepName(name);
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        if (maxNewTokens != null && maxNewTokens < 1) {
            throw new IllegalArgumentException("max-new-tokens must be at least 1, was " + maxNewTokens);
        }
    }

    /** A step named like its task, with words and nothing else. */
    public static StepSettings of(String task, String prompt) {
        return new StepSettings(task, task, prompt, null, null);
    }
}
