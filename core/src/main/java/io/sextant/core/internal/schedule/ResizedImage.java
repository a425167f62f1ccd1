package io.sextant.core.internal.schedule;

import java.util.Objects;

/**
 * An image in the encoder's size, 8 bits a sample.
 *
 * @param key which image
 * @param rgb side x side x 3 bytes, row by row; shared, callers must not write to it
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the encoder, never compared
record ResizedImage(ImageKey key, byte[] rgb) {
    ResizedImage {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(rgb, "rgb");
    }
}
