package io.sextant.core.internal.schedule;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An image in the encoder's size, 8 bits a sample; resized once, by the first who wants its samples. Thread-safe. */
final class ResizedImage {
    private final ImageKey key;
    private @Nullable Supplier<byte[]> resizing;
    private byte @Nullable [] rgb;

    /**
     * An image that is resized when it is wanted.
     *
     * @param key which image
     * @param resizing gives side x side x 3 bytes, row by row
     */
    ResizedImage(ImageKey key, Supplier<byte[]> resizing) {
        this.key = Objects.requireNonNull(key, "key");
        this.resizing = Objects.requireNonNull(resizing, "resizing");
    }

    /**
     * An image that is resized.
     *
     * @param rgb side x side x 3 bytes, row by row
     */
    ResizedImage(ImageKey key, byte[] rgb) {
        this.key = Objects.requireNonNull(key, "key");
        this.rgb = Objects.requireNonNull(rgb, "rgb");
    }

    /** Which image it is. */
    ImageKey key() {
        return key;
    }

    /** Side x side x 3 bytes, row by row; shared, callers must not write to it. */
    synchronized byte[] rgb() {
        byte[] known = rgb;
        if (known == null) {
            known = Objects.requireNonNull(resizing, "either is there").get();
            rgb = known;
            // Lets go of the image in its own size.
            resizing = null;
        }
        return known;
    }
}
