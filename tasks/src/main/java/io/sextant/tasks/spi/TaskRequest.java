package io.sextant.tasks.spi;

import io.sextant.core.box.PixelBox;
import io.sextant.core.prompt.PromptSegment;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question for a task.
 *
 * @param prompt the user's words, empty where there are none
 * @param box in pixels of the upright image, or null where there is none
 * @param imageWidth of the upright image in pixels, 0 where there is no image
 * @param imageHeight of the upright image in pixels, 0 where there is no image
 * @param headers values of those headers that the descriptor names and the message has, without blanks at either end; as much a user's words
 *     as the prompt
 * @since 0.1
 */
public record TaskRequest(
        String prompt, @Nullable PixelBox box, int imageWidth, int imageHeight, Map<String, String> headers) {
    public TaskRequest {
        Objects.requireNonNull(prompt, "prompt");
        headers = Map.copyOf(headers);
        if (imageWidth < 0 || imageHeight < 0 || (imageWidth == 0) != (imageHeight == 0)) {
            throw new IllegalArgumentException(
                    "An image's sides are both 0 or both positive, was " + imageWidth + "x" + imageHeight);
        }
    }

    /** A question without headers. */
    public TaskRequest(String prompt, @Nullable PixelBox box, int imageWidth, int imageHeight) {
        this(prompt, box, imageWidth, imageHeight, Map.of());
    }

    /** The user's words as a part of a prompt, where they can never become a control word; of a request without any, the task's own. */
    public PromptSegment wordsOr(String ofTheTask) {
        return prompt.isEmpty() ? PromptSegment.literal(ofTheTask) : PromptSegment.userText(prompt);
    }

    /** Whether the request is about an image. */
    public boolean hasImage() {
        return imageWidth > 0;
    }
}
