package io.sextant.core.image;

import java.util.Objects;

/**
 * A decoded image: 8-bit RGB, row by row, and where it came from. Immutable and safe to share between threads.
 */
public final class RgbImage {
    private final String name;
    private final String digest;
    private final int width;
    private final int height;
    private final int orientation;
    private final byte[] rgb;

    /**
     * @param name how messages call this image, for instance its file name
     * @param digest SHA-256 of the encoded bytes, 64 lower-case hex digits
     * @param width pixels, after any turning, at least 1
     * @param height pixels, after any turning, at least 1
     * @param orientation the EXIF orientation that was applied, 1..8; 1 means none was needed
     * @param rgb width x height x 3 bytes, row by row; the image takes ownership
     * @throws IllegalArgumentException if the sizes do not fit together
     */
    public RgbImage(String name, String digest, int width, int height, int orientation, byte[] rgb) {
        this.name = Objects.requireNonNull(name, "name");
        this.digest = Objects.requireNonNull(digest, "digest");
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException("An image of " + width + "x" + height + " pixels needs "
                    + 3L * width * height + " bytes, was " + rgb.length);
        }
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("orientation must be in 1..8, was " + orientation);
        }
        this.width = width;
        this.height = height;
        this.orientation = orientation;
        this.rgb = rgb;
    }

    /** How messages call this image. */
    public String name() {
        return name;
    }

    /** SHA-256 of the encoded bytes, 64 lower-case hex digits. */
    public String digest() {
        return digest;
    }

    /** Width in pixels, after any turning. */
    public int width() {
        return width;
    }

    /** Height in pixels, after any turning. */
    public int height() {
        return height;
    }

    /** The EXIF orientation that was applied, 1..8; 1 means the image is as stored. */
    public int orientation() {
        return orientation;
    }

    /** The samples, width x height x 3 bytes, row by row. Shared, not copied: callers must not write to it. */
    public byte[] rgb() {
        return rgb;
    }

    @Override
    public String toString() {
        return name + " (" + width + "x" + height + ")";
    }
}
