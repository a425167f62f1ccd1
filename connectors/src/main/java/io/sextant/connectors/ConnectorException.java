package io.sextant.connectors;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import org.jspecify.annotations.Nullable;

/** A source or sink failed, for instance a disk that is full; the same image may succeed later. */
public final class ConnectorException extends SextantException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public ConnectorException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.EXTERNAL_SYSTEM, message, cause);
    }
}
