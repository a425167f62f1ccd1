package io.sextant.connectors.message;

import io.sextant.core.box.PixelBox;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question a message brings along.
 *
 * @param name names its result, or null for the task's name
 * @param task the task's name; whether there is one is not known here
 * @param prompt the words of the question, empty where there are none
 * @param box in pixels of the upright image, or null where there is none
 * @param maxNewTokens longest answer in tokens, at least 1, or null for what holds everywhere
 * @param headers that belong to this question alone, by name
 */
public record StepRequest(
        @Nullable String name,
        String task,
        String prompt,
        @Nullable PixelBox box,
        @Nullable Integer maxNewTokens,
        Map<String, String> headers) {
    public StepRequest {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        headers = Map.copyOf(headers);
    }

    /** A question without headers of its own. */
    public StepRequest(
            @Nullable String name, String task, String prompt, @Nullable PixelBox box, @Nullable Integer maxNewTokens) {
        this(name, task, prompt, box, maxNewTokens, Map.of());
    }
}
