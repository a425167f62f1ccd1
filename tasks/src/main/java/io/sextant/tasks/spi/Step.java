package io.sextant.tasks.spi;

import io.sextant.core.box.PixelBox;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question of a task in several steps.
 *
 * @param task the name of the task that is asked
 * @param prompt its words, empty where there are none; they become user text, whoever wrote them
 * @param box what it is about, in pixels of the whole image, or null; one on or beyond an edge of what is looked at is moved to the pixels there
 * @param part the part of the image that is looked at, in pixels of the whole; null for all of it
 * @param margin how much more is shown on each side of the part, as a share of its longer side, 0 to 10
 * @param headers for a task that reads some, by name; their values become user text too, and one without words is as none
 * @since 0.1
 */
public record Step(
        String task,
        String prompt,
        @Nullable PixelBox box,
        @Nullable PixelBox part,
        double margin,
        Map<String, String> headers) {
    private static final double MOST_MARGIN = 10;

    public Step {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        headers = Map.copyOf(headers);
        if (!(margin >= 0 && margin <= MOST_MARGIN)) {
            throw new IllegalArgumentException("margin must be in 0.." + MOST_MARGIN + ", was " + margin);
        }
    }

    /** A question without headers. */
    public Step(String task, String prompt, @Nullable PixelBox box, @Nullable PixelBox part, double margin) {
        this(task, prompt, box, part, margin, Map.of());
    }

    /** A question about the whole image. */
    public static Step of(String task, String prompt) {
        return new Step(task, prompt, null, null, 0, Map.of());
    }

    /** The same question with a header, one of the request's or another; without a value it is as it was. */
    public Step with(String header, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Step(task, prompt, box, part, margin, more);
    }

    /** The same question about a box. */
    public Step about(PixelBox value) {
        return new Step(task, prompt, value, part, margin, headers);
    }

    /**
     * The same question, of which only a part of the image is shown.
     *
     * @param value in pixels of the whole image, which it may reach beyond
     * @param around how much more is shown on each side, as a share of the part's longer side, 0 to 10
     */
    public Step lookingAt(PixelBox value, double around) {
        return new Step(task, prompt, box, value, around, headers);
    }
}
