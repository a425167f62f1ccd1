package io.sextant.connectors.message;

import io.sextant.core.box.PixelBox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks about its image, where it says anything.
 *
 * @param steps asked instead of the pipeline's; empty for the pipeline's
 * @param isConversation whether each of these steps is a turn that follows the answers before it
 * @param prompt instead of the words of the pipeline's steps, where their tasks take any; null for theirs
 * @param box instead of the box of the pipeline's steps, where their tasks take one; null for theirs
 */
public record Question(
        List<StepRequest> steps,
        boolean isConversation,
        @Nullable String prompt,
        @Nullable PixelBox box) {
    /** The pipeline's steps, as they are configured. */
    public static final Question AS_CONFIGURED = new Question(List.of(), false, null, null);

    public Question {
        steps = List.copyOf(steps);
    }
}
