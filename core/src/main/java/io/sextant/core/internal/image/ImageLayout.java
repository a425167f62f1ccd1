package io.sextant.core.internal.image;

/**
 * What a header says.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param orientation EXIF orientation, 1..8
 * @param frames images in the file, 0 if the header does not tell
 */
public record ImageLayout(int width, int height, int orientation, int frames) {
    /** Bytes of the decoded image. */
    int rgbLength() throws DamagedImageException {
        long length = 3L * width * height;
        if (length > Integer.MAX_VALUE - 16) {
            throw new DamagedImageException(
                    "has " + width + "x" + height + " pixels, more than one image in memory can have", "scale it down");
        }
        return (int) length;
    }
}
