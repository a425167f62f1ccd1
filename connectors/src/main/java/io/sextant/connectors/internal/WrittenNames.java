package io.sextant.connectors.internal;

import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * How files and objects are called that Sextant writes, and how they are known again, so that no output is ever input: one
 * rule for folders, buckets and notifications about them.
 *
 * <p>Names have '/' between their parts. What the name does not tell, the place does (whatever lies below one that a
 * pipeline writes to), and of drawings the {@link DrawingMark} in their content.
 */
public final class WrittenNames {
    private static final String STEP = "[a-z0-9]+(?:-[a-z0-9]+)*";
    private static final Pattern JSON = Pattern.compile(".+\\." + STEP + "\\.json", Pattern.DOTALL);
    private static final Pattern DRAWING = Pattern.compile(".+\\." + STEP + "\\.png", Pattern.DOTALL);
    private static final Pattern HIDDEN = Pattern.compile("(?:^|/)\\.(?!\\.?(?:/|$))");
    /** What tools of Hadoop write for a folder. */
    private static final String FOLDER_MARK = "_$folder$";

    private WrittenNames() {}

    /** {@code a.jpg.caption.json} for {@code a.jpg}: the extension stays, so that {@code a.jpg} and {@code a.png} do not meet. */
    public static String json(String image, String step) {
        return image + "." + step + ".json";
    }

    /** {@code a.jpg.caption.png} for {@code a.jpg}. */
    public static String drawing(String image, String step) {
        return image + "." + step + ".png";
    }

    /** {@code a.jpg.reason.json} for {@code a.jpg}. */
    public static String reason(String image) {
        return image + ".reason.json";
    }

    /**
     * What is put aside is called where its own name cannot be used, by its digest: {@code unnamed/….message}.
     *
     * @param ending what it ends with, by which it is known
     */
    public static String unnamed(String name, String ending) {
        return "unnamed/" + DigestUtils.sha256Hex(name) + ending;
    }

    /** Whether a name is that of a result, a reason, a message among the dead letters, or a folder's mark. */
    public static boolean isWritten(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.isEmpty()
                || last.endsWith(FOLDER_MARK)
                || MessageNames.isMessage(last)
                || JSON.matcher(last).matches();
    }

    /** Whether a part of a name begins with a dot, by which people hide what is not for others. */
    public static boolean isHidden(String name) {
        return HIDDEN.matcher(name).find();
    }

    /** Whether a name may be that of a drawing; its content decides. */
    public static boolean maybeDrawing(String name) {
        return DRAWING.matcher(name.substring(name.lastIndexOf('/') + 1)).matches();
    }
}
