package io.sextant.core.error;

import org.jspecify.annotations.Nullable;

/** A request the model cannot answer as it stands: a prompt that does not fit, a missing box, an unknown task. */
public final class InvalidRequestException extends SextantException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, to which input, and what to do */
    public InvalidRequestException(String message) {
        this(message, null);
    }

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public InvalidRequestException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.INVALID_INPUT, message, cause);
    }
}
