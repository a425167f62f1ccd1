package io.sextant.core.image;

import java.util.Objects;

/**
 * What an image's header says, known before a single pixel is decoded.
 *
 * @param format the encoding, told from the content, never from a file name
 * @param width pixels as stored, before any turning
 * @param height pixels as stored, before any turning
 * @param orientation the EXIF orientation, 1..8; 1 where none or an impossible one is written
 * @param frames how many images the header announces; 0 where only decoding would tell (GIF)
 */
public record ImageHeader(ImageFormat format, int width, int height, int orientation, int frames) {
    public ImageHeader {
        Objects.requireNonNull(format, "format");
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("An image has at least 1x1 pixels, was " + width + "x" + height);
        }
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("orientation must be in 1..8, was " + orientation);
        }
        if (frames < 0) {
            throw new IllegalArgumentException("frames must not be negative, was " + frames);
        }
    }

    /** Whether turning the image upright exchanges width and height. */
    public boolean swapsSides() {
        return orientation >= 5;
    }
}
