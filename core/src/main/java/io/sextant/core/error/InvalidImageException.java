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
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public InvalidImageException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.INVALID_INPUT, message, cause);
    }
}
