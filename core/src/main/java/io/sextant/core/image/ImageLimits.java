package io.sextant.core.image;

import io.sextant.core.error.ConfigurationException;

/**
 * How large an image may be. Width, height and pixels are read from the header and checked before anything is decoded.
 *
 * @param maxBytes largest encoded size in bytes, at least 1
 * @param maxPixels largest width x height, at least 1
 * @param maxSide longest allowed side in pixels, at least 1
 */
public record ImageLimits(long maxBytes, long maxPixels, int maxSide) {
    /** 32 MiB, 50 megapixels, 16384 pixels a side: every camera image, no decompression bomb. */
    public static final ImageLimits DEFAULT = new ImageLimits(32L << 20, 50_000_000L, 16_384);

    public ImageLimits {
        requirePositive("maxBytes", maxBytes);
        requirePositive("maxPixels", maxPixels);
        requirePositive("maxSide", maxSide);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new ConfigurationException("Image limit " + name + " must be at least 1, was " + value + ".");
        }
    }
}
