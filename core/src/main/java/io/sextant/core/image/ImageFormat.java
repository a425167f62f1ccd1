package io.sextant.core.image;

import java.util.Optional;

/** The encodings that can be decoded. */
public enum ImageFormat {
    /** Baseline and progressive, 8 bits a sample; grey, YCbCr, RGB, CMYK and YCCK. */
    JPEG,
    /** All colour types; of an animation the default image. 16-bit grey is refused, see {@link ImageDecoder}. */
    PNG,
    /** The first frame. */
    GIF,
    /** 1 to 32 bits a pixel, plain or run-length encoded. */
    BMP,
    /** Lossy and lossless; of an animation the first image. */
    WEBP,
    /** Grey, palette, RGB, CMYK and YCbCr, plain or packed in the usual ways; the first page. 16-bit grey is refused. */
    TIFF;

    /** The format that bytes begin with, whatever follows; empty where it is none that can be decoded. */
    public static Optional<ImageFormat> of(byte[] bytes) {
        return ImageDecoder.format(bytes);
    }

    /**
     * What bytes are that begin as no image that can be decoded, as far as their beginning tells: the end of a sentence, for
     * instance {@code looks like a web page, which cannot be read}.
     */
    public static String describe(byte[] bytes) {
        return ForeignContent.describe(bytes);
    }
}
