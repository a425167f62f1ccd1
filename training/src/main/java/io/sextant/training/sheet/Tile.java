package io.sextant.training.sheet;

import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.RgbImage;
import java.util.List;
import java.util.Objects;

/**
 * One image of a contact sheet.
 *
 * @param image the image
 * @param boxes in pixels of the image
 * @param caption written below it
 */
public record Tile(RgbImage image, List<LabelledBox> boxes, String caption) {
    public Tile {
        Objects.requireNonNull(image, "image");
        boxes = List.copyOf(boxes);
        Objects.requireNonNull(caption, "caption");
    }
}
