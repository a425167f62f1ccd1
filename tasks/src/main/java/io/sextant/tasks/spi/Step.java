package io.sextant.tasks.spi;

import io.sextant.core.box.PixelBox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question of a task in several steps.
 *
 * @param task the name of the task that is asked
 * @param prompt its words, empty where there are none; they become user text, whoever wrote them
 * @param box what it is about, in pixels of the whole image, or null
 * @param part the part of the image that is looked at, in pixels of the whole; null for all of it
 * @param margin how much more is shown on each side of the part, as a share of its longer side, 0 to 10
 * @since 0.1
 */
public record Step(
        String task,
        String prompt,
        @Nullable PixelBox box,
        @Nullable PixelBox part,
        double margin) {
    private static final double MOST_MARGIN = 10;

    public Step {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        if (!(margin >= 0 && margin <= MOST_MARGIN)) {
            throw new IllegalArgumentException("margin must be in 0.." + MOST_MARGIN + ", was " + margin);
        }
    }

    /** A question about the whole image. */
    public static Step of(String task, String prompt) {
        return new Step(task, prompt, null, null, 0);
    }

    /** The same question about a box. */
    public Step about(PixelBox value) {
        return new Step(task, prompt, value, part, margin);
    }

    /**
     * The same question, of which only a part of the image is shown.
     *
     * @param value in pixels of the whole image, which it may reach beyond
     * @param around how much more is shown on each side, as a share of the part's longer side, 0 to 10
     */
    public Step lookingAt(PixelBox value, double around) {
        return new Step(task, prompt, box, value, around);
    }
}
