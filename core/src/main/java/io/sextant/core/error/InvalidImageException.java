package io.sextant.core.error;

import org.jspecify.annotations.Nullable;

/** An image that cannot be used: not an image, truncated, over a limit, of an unsupported kind. */
public final class InvalidImageException extends SextantException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, to which input, and what to do */
    public InvalidImageException(String message) {
        this(message, null);
    }

    /**
     * The encoded image is over the byte limit.
     *
     * @param name how messages call the image
     * @param bytes its size as far as it is known, over the limit
     * @param limit {@code sextant.image.max-bytes}
     */
    public static InvalidImageException tooLarge(String name, long bytes, long limit) {
        return new InvalidImageException("Image \"" + name + "\" has " + bytes
                + " bytes or more, over sextant.image.max-bytes=" + limit + "; scale it down or raise the limit.");
    }

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public InvalidImageException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.INVALID_INPUT, message, cause);
    }
}
