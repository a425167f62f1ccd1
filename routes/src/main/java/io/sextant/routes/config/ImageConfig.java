package io.sextant.routes.config;

import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.model.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Keys under {@code sextant.image}: how large an image may be, and how it is turned. Larger ones are bad input. */
@ConfigMapping(prefix = "sextant.image")
public interface ImageConfig {

    /**
     * Largest encoded image. A number of bytes, with K, M or G for 1024, 1024^2, 1024^3; at least 1. Checked before a
     * file is read. 32M is above what cameras write.
     */
    @WithDefault("32M")
    @WithConverter(MemorySizeConverter.class)
    MemorySize maxBytes();

    /**
     * Largest width x height in pixels, at least 1. Read from the image's header, before it is decoded, so that a small
     * file cannot claim gigabytes of memory. An image takes 3 bytes a pixel; see also {@code sextant.image.max-side}.
     */
    @WithDefault("50000000")
    long maxPixels();

    /** Longest allowed side in pixels, at least 1; bounds extreme panoramas that {@code max-pixels} would let through. */
    @WithDefault("16384")
    int maxSide();

    /**
     * What becomes of the orientation a camera wrote: {@code upright} turns the image, and boxes are pixels of the
     * upright image; {@code reference} ignores it, as the reference implementation does. Upright by default, because
     * that is what people see.
     */
    @WithDefault("upright")
    OrientationPolicy orientation();
}
