package io.sextant.connectors.archive;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which images of an archive are wanted.
 *
 * @param name a pattern such as {@code *.jpg} for the last part of names, or {@code trip/**} for whole ones; capitals count for as much as
 *     small letters
 * @param minBytes the least size
 * @param maxBytes the largest size
 * @param since not written before, or null
 * @param until written before, or null
 */
public record ImageFilter(
        String name,
        long minBytes,
        long maxBytes,
        @Nullable Instant since,
        @Nullable Instant until) {
    /** What names of images end in. */
    public static final String IMAGES = "*.{jpg,jpeg,png,gif,bmp,webp,tif,tiff}";

    /** All that is called like an image. */
    public static final ImageFilter ALL = new ImageFilter(IMAGES, 0, Long.MAX_VALUE, null, null);

    public ImageFilter {
        if (minBytes < 0 || maxBytes < minBytes) {
            throw new IllegalArgumentException("sizes must be 0 or more, and the largest at least the least, were "
                    + minBytes + " and " + maxBytes);
        }
        if (since != null && until != null && !since.isBefore(until)) {
            throw new IllegalArgumentException("nothing was written since " + since + " and before " + until);
        }
        matcher(name);
    }

    /** Whether an image is wanted. */
    boolean isWanted(StoredImage image) {
        return image.bytes() >= minBytes
                && image.bytes() <= maxBytes
                && (since == null || !image.modified().isBefore(since))
                && (until == null || image.modified().isBefore(until))
                && isNamedSo(image.name());
    }

    private boolean isNamedSo(String whole) {
        String part = name.indexOf('/') < 0 ? whole.substring(whole.lastIndexOf('/') + 1) : whole;
        try {
            return matcher(name).matches(Path.of(part.toLowerCase(Locale.ROOT)));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static PathMatcher matcher(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern.toLowerCase(Locale.ROOT));
    }
}
