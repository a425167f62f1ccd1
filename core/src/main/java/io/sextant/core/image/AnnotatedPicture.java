package io.sextant.core.image;

import java.util.List;
import java.util.Objects;

/**
 * A picture with an answer drawn on it: labelled boxes on the picture, words in a strip below it. Pixels that no box or
 * label covers stay as they are.
 *
 * @param image the picture
 * @param boxes drawn in this order; may be empty
 * @param caption words for a strip below the picture, wrapped to its width; empty for no strip
 */
public record AnnotatedPicture(RgbImage image, List<LabelledBox> boxes, String caption) {
    public AnnotatedPicture {
        Objects.requireNonNull(image, "image");
        boxes = List.copyOf(boxes);
        Objects.requireNonNull(caption, "caption");
    }

    /** Draws, and encodes the result as a PNG file. The same input gives the same bytes on every machine with the same JDK. */
    public byte[] toPng() {
        throw new UnsupportedOperationException();
    }
}
