package io.sextant.core.image;

/** The encodings that can be decoded. */
public enum ImageFormat {
    /** Baseline and progressive, 8 bits a sample; grey, YCbCr, RGB, CMYK and YCCK. */
    JPEG,
    /** All colour types; of an animation the default image. 16-bit grey is refused, see {@link ImageDecoder}. */
    PNG,
    /** The first frame. */
    GIF,
    /** 1 to 32 bits a pixel, plain or run-length encoded. */
    BMP
}
