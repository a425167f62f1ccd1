package io.sextant.core.image;

/** What becomes of the EXIF orientation a camera wrote. */
public enum OrientationPolicy {
    /** The image is turned upright; boxes are pixels of the upright image. */
    UPRIGHT,
    /** The orientation is ignored, as the reference implementation does. */
    REFERENCE
}
