package io.sextant.connectors.internal.file;

import io.sextant.connectors.internal.WrittenNames;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.file.TemporaryName;
import java.nio.charset.StandardCharsets;

/** How files are called that Sextant writes: as everywhere, and no longer than file systems allow. */
final class ResultNames {
    /** What file systems commonly allow for one name. */
    private static final int MAX_BYTES = 255;

    private ResultNames() {}

    /** {@code a.jpg.caption.json} for {@code a.jpg}: the extension stays, so that {@code a.jpg} and {@code a.png} do not meet. */
    static String json(String imageName, String step) {
        return requireShort(imageName, WrittenNames.json(imageName, step));
    }

    /** {@code a.jpg.caption.png} for {@code a.jpg}. */
    static String drawing(String imageName, String step) {
        return requireShort(imageName, WrittenNames.drawing(imageName, step));
    }

    /** {@code a.jpg.reason.json} for {@code a.jpg}. */
    static String reason(String imageName) {
        return WrittenNames.reason(imageName);
    }

    /** Whether a file of this name is one that Sextant wrote, or is writing, which no image is called. */
    static boolean isWritten(String fileName) {
        return TemporaryName.is(fileName) || WrittenNames.isWritten(fileName);
    }

    /** Whether a file of this name may be a drawing; its content decides. */
    static boolean maybeDrawing(String fileName) {
        return WrittenNames.maybeDrawing(fileName);
    }

    private static String requireShort(String imageName, String name) {
        for (String part : name.split("/")) {
            int bytes = part.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                throw new InvalidImageException(
                        "Image \"" + imageName + "\" has too long a name: its result's would take " + bytes
                                + " bytes, file systems allow " + MAX_BYTES + "; give the image a shorter name.");
            }
        }
        return name;
    }
}
