package io.sextant.core.error;

import org.jspecify.annotations.Nullable;

/** A model file or folder that cannot be used; the message names the file and the key or byte. */
public final class ModelFilesException extends SextantException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, to which input, and what to do */
    public ModelFilesException(String message) {
        this(message, null);
    }

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public ModelFilesException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.CONFIGURATION, message, cause);
    }
}
