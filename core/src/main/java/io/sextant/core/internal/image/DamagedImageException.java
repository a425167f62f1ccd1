package io.sextant.core.internal.image;

import org.jspecify.annotations.Nullable;

/** Why an image cannot be decoded, without its name, which only the caller knows. */
public final class DamagedImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param problem what is wrong, as the end of a sentence that begins with the image's name
     * @param advice what to do
     */
    public DamagedImageException(String problem, String advice) {
        super(problem);
        this.advice = advice;
    }

    /** Damage found by another decoder. */
    DamagedImageException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
        this.advice = "send the file again, whole, or save it anew";
    }

    /** A file that does not follow its format. */
    static DamagedImageException damaged(String format, String detail) {
        return new DamagedImageException("is a damaged " + format + " file: " + detail, (Throwable) null);
    }

    /** A file that follows its format in a way we do not read. */
    static DamagedImageException unsupported(String what) {
        return new DamagedImageException(
                "is " + what + ", which is not supported", "convert it to an 8-bit PNG or JPEG");
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
