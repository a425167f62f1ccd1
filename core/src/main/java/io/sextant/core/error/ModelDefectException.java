package io.sextant.core.error;

import org.jspecify.annotations.Nullable;

/** The model core failed on an input it should have handled; please report it with the message. */
public final class ModelDefectException extends SextantException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, to which input, and what to do */
    public ModelDefectException(String message) {
        this(message, null);
    }

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public ModelDefectException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.DEFECT, message, cause);
    }
}
