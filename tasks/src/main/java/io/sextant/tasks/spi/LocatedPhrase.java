package io.sextant.tasks.spi;

import java.util.List;
import java.util.Objects;

/**
 * A phrase and where it is.
 *
 * @param text the phrase without tags
 * @param boxes none if the model wrote the phrase without a box
 * @param confidence how sure the model was of these words, 0..1; 1 where there are none
 * @since 0.1
 */
public record LocatedPhrase(String text, List<LocatedBox> boxes, double confidence) {
    public LocatedPhrase {
        Objects.requireNonNull(text, "text");
        boxes = List.copyOf(boxes);
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
        }
    }

    /** A phrase that nobody doubts. */
    public LocatedPhrase(String text, List<LocatedBox> boxes) {
        this(text, boxes, 1);
    }
}
