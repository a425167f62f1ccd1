package io.sextant.routes.config;

import io.sextant.core.box.PixelBox;
import io.sextant.tasks.declared.TaskVersion;
import java.util.Map;
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
 * @param headers of the message, those the task reads; none before there is a message
 */
public record StepSettings(
        String name,
        String task,
        String prompt,
        @Nullable PixelBox box,
        @Nullable Integer maxNewTokens,
        Map<String, String> headers) {
    public StepSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        headers = Map.copyOf(headers);
        Requirements requirements = new Requirements();
        requirements.attempt(() -> PipelineNames.requireStepName(name));
        requirements.require(
                maxNewTokens == null || maxNewTokens >= 1, "max-new-tokens must be at least 1, was " + maxNewTokens);
        requirements.throwIfBroken();
    }

    /** A step without headers. */
    public StepSettings(
            String name, String task, String prompt, @Nullable PixelBox box, @Nullable Integer maxNewTokens) {
        this(name, task, prompt, box, maxNewTokens, Map.of());
    }

    /** A step named like its task, with words and nothing else. */
    public static StepSettings of(String task, String prompt) {
        return new StepSettings(TaskVersion.plain(task), task, prompt, null, null);
    }

    /** The same step with what its message has. */
    public StepSettings withHeaders(Map<String, String> value) {
        return new StepSettings(name, task, prompt, box, maxNewTokens, value);
    }
}
