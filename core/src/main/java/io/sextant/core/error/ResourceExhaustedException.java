package io.sextant.core.error;

import org.jspecify.annotations.Nullable;

/** Memory, a slot or the time for a request ran out; the same request may succeed later. */
public class ResourceExhaustedException extends SextantException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, to which input, and what to do */
    public ResourceExhaustedException(String message) {
        this(message, null);
    }

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public ResourceExhaustedException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.RESOURCE_EXHAUSTED, message, cause);
    }
}
