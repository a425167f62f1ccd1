package io.sextant.core.image;

import io.sextant.core.internal.draw.ImagePainter;
import io.sextant.core.internal.image.JpegWriter;
import io.sextant.core.internal.image.PngWriter;
import java.util.List;
import java.util.Objects;

/**
 * An image with an answer drawn on it: labelled boxes on the image, words in a strip below it. Pixels that no box or
 * label covers stay as they are, and keep their coordinates.
 *
 * <p>Each distinct label has its own colour, from a cycle of 16. Letters come from a font inside the library (DejaVu Sans), so
 * no font need be installed; a character the font lacks, such as a Chinese one or an emoji, becomes an empty box.
 *
 * @param image the image
 * @param boxes drawn in this order; may be empty
 * @param caption words for a strip below the image, wrapped to its width; empty for no strip
 */
public record AnnotatedImage(RgbImage image, List<LabelledBox> boxes, String caption) {
    public AnnotatedImage {
        Objects.requireNonNull(image, "image");
        boxes = List.copyOf(boxes);
        Objects.requireNonNull(caption, "caption");
    }

    /** Draws, and encodes the result as a PNG file. The same input gives the same image on every machine. */
    public byte[] toPng() {
        ImagePainter.Painting painting = paint();
        return PngWriter.write(painting.width(), painting.height(), painting.rgb());
    }

    /** Draws, and encodes the result as a JPEG file: smaller, and no longer pixel for pixel what was drawn on. */
    public byte[] toJpeg() {
        ImagePainter.Painting painting = paint();
        return JpegWriter.write(painting.width(), painting.height(), painting.rgb());
    }

    private ImagePainter.Painting paint() {
        List<ImagePainter.Item> items = boxes.stream()
                .map(box -> new ImagePainter.Item(box.label(), box.box()))
                .toList();
        return ImagePainter.paint(image.width(), image.height(), image.rgb(), items, caption);
    }
}
