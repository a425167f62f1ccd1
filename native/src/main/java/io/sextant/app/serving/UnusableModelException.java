package io.sextant.app.serving;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import org.jspecify.annotations.Nullable;

/** The model that an operator wants cannot be used; the one that answers goes on. */
public final class UnusableModelException extends SextantException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which one, what is wrong with it, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    UnusableModelException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.INVALID_INPUT, message, cause);
    }
}
