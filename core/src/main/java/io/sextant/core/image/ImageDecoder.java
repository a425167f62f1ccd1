package io.sextant.core.image;

import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.image.BmpCodec;
import io.sextant.core.internal.image.DamagedImageException;
import io.sextant.core.internal.image.GifCodec;
import io.sextant.core.internal.image.ImageCodec;
import io.sextant.core.internal.image.ImageLayout;
import io.sextant.core.internal.image.JpegCodec;
import io.sextant.core.internal.image.PngCodec;
import io.sextant.core.internal.image.TiffCodec;
import io.sextant.core.internal.image.WebpCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Decodes JPEG, PNG, GIF, BMP, WebP and TIFF images within limits. Thread-safe.
 *
 * <p>The pixels are those of Pillow's {@code convert("RGB")}: alpha is dropped, not blended; colour profiles are ignored;
 * 16-bit colour keeps its upper byte; of an animation the first image counts, of several pages the first one. 16-bit grey is refused, since nothing tells
 * its range. An image with missing or unreadable pixels is an error, never a partly grey image.
 *
 * <p>Limits are checked against the header, before memory for pixels is taken. Work is bounded too, without a clock: no codec
 * unpacks metadata, and a progressive JPEG that paints its pixels too often is refused.
 */
public final class ImageDecoder {
    private static final Map<ImageFormat, ImageCodec> CODECS = new EnumMap<>(Map.of(
            ImageFormat.JPEG, new JpegCodec(),
            ImageFormat.PNG, new PngCodec(),
            ImageFormat.GIF, new GifCodec(),
            ImageFormat.BMP, new BmpCodec(),
            ImageFormat.WEBP, new WebpCodec(),
            ImageFormat.TIFF, new TiffCodec()));

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

    /** What is refused before it is decoded. */
    public ImageLimits limits() {
        return limits;
    }

    /**
     * Reads the header alone, and holds it against the limits.
     *
     * @param name how messages call this image
     * @param encoded the whole encoded image
     * @throws InvalidImageException if it is no image, of an unsupported kind or over a limit
     */
    public ImageHeader probe(String name, byte[] encoded) {
        checkBytes(name, encoded.length);
        ImageFormat format = format(name, encoded);
        try {
            ImageLayout layout = codec(format).probe(encoded);
            ImageHeader header =
                    new ImageHeader(format, layout.width(), layout.height(), layout.orientation(), layout.frames());
            checkPixels(name, header);
            return header;
        } catch (DamagedImageException e) {
            throw invalid(name, e);
        }
    }

    /**
     * Decodes an image.
     *
     * @param name how messages call this image
     * @param encoded the whole encoded image
     * @throws InvalidImageException if it is no image, damaged, of an unsupported kind or over a limit
     * @throws ResourceExhaustedException if memory does not suffice for an image within the limits
     */
    public RgbImage decode(String name, byte[] encoded) {
        ImageHeader header = probe(name, encoded);
        try {
            ImageLayout layout =
                    new ImageLayout(header.width(), header.height(), header.orientation(), header.frames());
            byte[] rgb = codec(header.format()).decode(encoded, layout);
            int orientation = orientationPolicy == OrientationPolicy.UPRIGHT ? header.orientation() : 1;
            boolean swaps = orientation >= 5;
            return new RgbImage(
                    name,
                    DigestUtils.sha256Hex(encoded),
                    swaps ? header.height() : header.width(),
                    swaps ? header.width() : header.height(),
                    orientation,
                    Orientation.upright(rgb, header.width(), header.height(), orientation));
        } catch (DamagedImageException e) {
            throw invalid(name, e);
        } catch (OutOfMemoryError e) {
            throw new ResourceExhaustedException(
                    "Image \"" + name + "\" of " + header.width() + "x" + header.height()
                            + " pixels does not fit into memory now; give the process more (-Xmx) or lower"
                            + " sextant.image.max-pixels.",
                    e);
        }
    }

    /**
     * Decodes an image from a file. Its size is checked before it is read; its name is the file's name.
     *
     * @param file to read
     * @throws InvalidImageException as {@link #decode(String, byte[])}, and if the file is missing, no plain file or not
     *     readable
     */
    public RgbImage decode(Path file) {
        Path fileName = file.getFileName();
        String name = fileName == null ? file.toString() : fileName.toString();
        if (!Files.exists(file)) {
            throw new InvalidImageException("Image \"" + file + "\" does not exist; check the path.");
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidImageException("Image \"" + file + "\" is "
                    + (Files.isDirectory(file) ? "a folder; name the image files in it." : "no plain file; name one."));
        }
        try (InputStream in = Files.newInputStream(file)) {
            checkBytes(name, Files.size(file));
            return decode(name, in);
        } catch (IOException e) {
            throw new InvalidImageException(
                    "Image \"" + file + "\" cannot be read (" + e + "); check that the file is readable.", e);
        }
    }

    /**
     * Decodes an image from a stream. Never reads more than one byte beyond the limit; the caller closes the stream.
     *
     * @param name how messages call this image
     * @param in yields the whole encoded image
     * @throws InvalidImageException as {@link #decode(String, byte[])}
     * @throws IOException if the stream fails
     */
    public RgbImage decode(String name, InputStream in) throws IOException {
        return decode(name, in.readNBytes(1 + (int) Math.min(Integer.MAX_VALUE - 16, limits.maxBytes())));
    }

    private void checkBytes(String name, long bytes) {
        if (bytes == 0) {
            throw new InvalidImageException("Image \"" + name + "\" is empty; send the file again.");
        }
        if (bytes > limits.maxBytes()) {
            throw InvalidImageException.tooLarge(name, bytes, limits.maxBytes());
        }
    }

    private void checkPixels(String name, ImageHeader header) {
        String size = "Image \"" + name + "\" is " + header.width() + "x" + header.height() + " pixels, ";
        boolean isWide = header.width() > limits.maxSide();
        if (isWide || header.height() > limits.maxSide()) {
            throw new InvalidImageException(size + (isWide ? "wider" : "higher") + " than sextant.image.max-side="
                    + limits.maxSide() + "; scale it down or raise the limit.");
        }
        if ((long) header.width() * header.height() > limits.maxPixels()) {
            throw new InvalidImageException(size + "more than sextant.image.max-pixels=" + limits.maxPixels()
                    + "; scale it down or raise the limit.");
        }
    }

    private static ImageFormat format(String name, byte[] encoded) {
        return format(encoded)
                .orElseThrow(() -> new InvalidImageException("Image \"" + name + "\" "
                        + ForeignContent.describe(encoded) + "; send a JPEG, PNG, GIF, BMP, WebP or TIFF image."));
    }

    static Optional<ImageFormat> format(byte[] encoded) {
        return CODECS.entrySet().stream()
                .filter(entry -> entry.getValue().recognises(encoded))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static ImageCodec codec(ImageFormat format) {
        return Objects.requireNonNull(CODECS.get(format), "codec");
    }

    private static InvalidImageException invalid(String name, DamagedImageException e) {
        return new InvalidImageException("Image \"" + name + "\" " + e.getMessage() + "; " + e.advice() + ".", e);
    }
}
