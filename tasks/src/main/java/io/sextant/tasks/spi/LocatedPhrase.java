package io.sextant.tasks.spi;

import java.util.List;
import java.util.Objects;

/**
 * A phrase and where it is.
 *
 * @param text the phrase without tags
 * @param boxes none if the model wrote the phrase without a box
 */
public record LocatedPhrase(String text, List<LocatedBox> boxes) {
    public LocatedPhrase {
        Objects.requireNonNull(text, "text");
        boxes = List.copyOf(boxes);
    }
}
