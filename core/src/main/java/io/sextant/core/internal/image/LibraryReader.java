package io.sextant.core.internal.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** Has a reader of a library decode an image, strictly: what it only warns of is an error here. */
final class LibraryReader {
    private LibraryReader() {}

    /**
     * The first image of a file, as it is stored.
     *
     * @param format for messages
     * @param layout what the header said; other sizes are refused
     * @param isReadOnce whether the library reads straight on, so that it lacks pixels where it wants to read beyond the end
     */
    static BufferedImage read(
            String format, ImageReaderSpi library, byte[] encoded, ImageLayout layout, boolean isReadOnce)
            throws DamagedImageException {
        List<String> warnings = new ArrayList<>();
        ImageReader reader = reader(library);
        try {
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            ByteArrayImageStream stream = new ByteArrayImageStream(encoded);
            reader.setInput(stream, true, true);
            BufferedImage image = reader.read(0);
            if (isReadOnce && stream.hasRunOut()) {
                throw DamagedImageException.damaged(format, "its pixels end too early");
            }
            if (!warnings.isEmpty()) {
                throw DamagedImageException.damaged(format, warnings.get(0));
            }
            if (image.getWidth() != layout.width() || image.getHeight() != layout.height()) {
                throw DamagedImageException.damaged(format, "its pixels do not fit its header");
            }
            return image;
        } catch (IOException | RuntimeException e) {
            throw new DamagedImageException("is a damaged " + format + " file: " + e, e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(ImageReaderSpi library) {
        try {
            return library.createReaderInstance(null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
