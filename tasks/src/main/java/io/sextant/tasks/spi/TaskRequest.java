package io.sextant.tasks.spi;

import io.sextant.core.box.PixelBox;
import io.sextant.core.prompt.PromptSegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question for a task.
 *
 * @param prompt the user's words, empty where there are none
 * @param box in pixels of the upright image, or null where there is none
 * @param imageWidth of the upright image in pixels, 0 where there is no image
 * @param imageHeight of the upright image in pixels, 0 where there is no image
 * @since 0.1
 */
public record TaskRequest(String prompt, @Nullable PixelBox box, int imageWidth, int imageHeight) {
    public TaskRequest {
        Objects.requireNonNull(prompt, "prompt");
        if (imageWidth < 0 || imageHeight < 0 || (imageWidth == 0) != (imageHeight == 0)) {
            throw new IllegalArgumentException(
                    "An image's sides are both 0 or both positive, was " + imageWidth + "x" + imageHeight);
        }
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
