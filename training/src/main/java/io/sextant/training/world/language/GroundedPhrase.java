package io.sextant.training.world.language;

import io.sextant.core.box.PixelBox;
import java.util.List;
import java.util.Objects;

/**
 * A phrase and where what it says is.
 *
 * @param text the phrase
 * @param boxes in pixels of the image; none if it is not there
 */
public record GroundedPhrase(String text, List<PixelBox> boxes) {
    public GroundedPhrase {
        Objects.requireNonNull(text, "text");
        boxes = List.copyOf(boxes);
    }
}
