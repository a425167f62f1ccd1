package io.sextant.core.image;

import io.sextant.core.box.PixelBox;
import java.util.Objects;

/**
 * A box to draw, and what to write on it.
 *
 * @param label the phrase; boxes with the same label share a colour; empty for a box without a label
 * @param box in pixels of the image; what lies outside is not drawn
 */
public record LabelledBox(String label, PixelBox box) {
    public LabelledBox {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(box, "box");
    }
}
