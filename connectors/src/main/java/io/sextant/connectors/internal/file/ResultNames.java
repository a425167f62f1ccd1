package io.sextant.connectors.internal.file;

import io.sextant.core.error.InvalidImageException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How files are called that Sextant writes, and how it knows them again. */
final class ResultNames {
    private static final String STEP = "[a-z0-9]+(?:-[a-z0-9]+)*";
    private static final Pattern JSON = Pattern.compile(".+\\." + STEP + "\\.json", Pattern.DOTALL);
    private static final Pattern DRAWING = Pattern.compile(".+\\." + STEP + "\\.png", Pattern.DOTALL);

    /** What file systems commonly allow for one name. */
    private static final int MAX_BYTES = 255;

    private ResultNames() {}

    /** {@code a.jpg.caption.json} for {@code a.jpg}: the extension stays, so that {@code a.jpg} and {@code a.png} do not meet. */
    static String json(String imageName, String step) {
        return requireShort(imageName, imageName + "." + step + ".json");
    }

    /** {@code a.jpg.caption.png} for {@code a.jpg}. */
    static String drawing(String imageName, String step) {
        return requireShort(imageName, imageName + "." + step + ".png");
    }

    /** {@code a.jpg.reason.json} for {@code a.jpg}. */
    static String reason(String imageName) {
        return imageName + ".reason.json";
    }

    /** Whether a file of this name is a result, a reason or a temporary file, which no image is called. */
    static boolean isWritten(String fileName) {
        return AtomicFiles.isTemporary(fileName) || JSON.matcher(fileName).matches();
    }

    /** Whether a file of this name may be a drawing; its content decides. */
    static boolean maybeDrawing(String fileName) {
        return DRAWING.matcher(fileName).matches();
    }

    private static String requireShort(String imageName, String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int bytes = last.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidImageException("Image \"" + imageName + "\" has too long a name: its result's would take "
                    + bytes + " bytes, file systems allow " + MAX_BYTES + "; give the image a shorter name.");
        }
        return name;
    }
}
