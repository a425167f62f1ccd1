package io.sextant.tasks.camel;

import io.sextant.core.GenerationSettings;
import io.sextant.core.box.PixelBox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a step asks where a message's headers do not say otherwise.
 *
 * @param task the task's name
 * @param prompt the user's words, empty where there are none
 * @param box in pixels of the upright image, or null
 * @param settings how to answer
 * @param output what is left in the body
 * @param timings whether the result document says how long the answer took
 * @param base64 whether images come as text, in Base64 or data URIs
 */
public record TaskStep(
        String task,
        String prompt,
        @Nullable PixelBox box,
        GenerationSettings settings,
        TaskOutput output,
        boolean timings,
        boolean base64) {
    public TaskStep {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(output, "output");
    }

    /** A task without words of its own, answered greedily as a JSON document with timings. */
    public static TaskStep of(String task) {
        return new TaskStep(task, "", null, GenerationSettings.DEFAULT, TaskOutput.JSON, true, false);
    }

    /** The same step with other words. */
    public TaskStep withPrompt(String value) {
        return new TaskStep(task, value, box, settings, output, timings, base64);
    }

    /** The same step with another box. */
    public TaskStep withBox(PixelBox value) {
        return new TaskStep(task, prompt, value, settings, output, timings, base64);
    }

    /** The same step with another way to answer. */
    public TaskStep withSettings(GenerationSettings value) {
        return new TaskStep(task, prompt, box, value, output, timings, base64);
    }

    /** The same step with something else in the body. */
    public TaskStep withOutput(TaskOutput value) {
        return new TaskStep(task, prompt, box, settings, value, timings, base64);
    }
}
