package io.sextant.core.image;

import java.nio.file.Path;
import java.util.Objects;

/** Decodes JPEG, PNG, GIF and BMP pictures within limits. Thread-safe. */
public final class ImageDecoder {
    private final ImageLimits limits;
    private final OrientationPolicy orientationPolicy;

    /**
     * @param limits what is refused before it is decoded
     * @param orientationPolicy whether a camera's orientation is applied
     */
    public ImageDecoder(ImageLimits limits, OrientationPolicy orientationPolicy) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.orientationPolicy = Objects.requireNonNull(orientationPolicy, "orientationPolicy");
    }

    /**
     * Reads the header alone, and holds it against the limits.
     *
     * @param name how messages call this picture
     * @param encoded the whole encoded picture
     * @throws io.sextant.core.error.InvalidImageException if it is no picture, of an unsupported kind or over a limit
     */
    public ImageHeader probe(String name, byte[] encoded) {
        throw new UnsupportedOperationException(name + limits);
    }

    /**
     * Decodes a picture.
     *
     * @param name how messages call this picture
     * @param encoded the whole encoded picture
     * @throws io.sextant.core.error.InvalidImageException if it is no picture, damaged, of an unsupported kind or over a limit
     */
    public RgbImage decode(String name, byte[] encoded) {
        throw new UnsupportedOperationException(name + orientationPolicy);
    }

    /**
     * Decodes a picture from a file. Its size is checked before it is read; its name is the file's name.
     *
     * @param file to read
     * @throws io.sextant.core.error.InvalidImageException as {@link #decode(String, byte[])}, and if the file is missing, no
     *     plain file or not readable
     */
    public RgbImage decode(Path file) {
        throw new UnsupportedOperationException(file.toString());
    }
}
