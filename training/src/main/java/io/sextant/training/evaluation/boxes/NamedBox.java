package io.sextant.training.evaluation.boxes;

import io.sextant.core.box.PixelBox;
import java.util.Objects;

/**
 * A box of a noun.
 *
 * @param noun empty for a box that belongs to no phrase
 * @param box in pixels
 */
public record NamedBox(String noun, PixelBox box) {
    public NamedBox {
        Objects.requireNonNull(noun, "noun");
        Objects.requireNonNull(box, "box");
    }
}
