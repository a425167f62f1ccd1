package io.sextant.core.error;

import org.jspecify.annotations.Nullable;

/** A setting that cannot be used; the message names the key, the value and what is allowed. */
public final class ConfigurationException extends SextantException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, to which input, and what to do */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.CONFIGURATION, message, cause);
    }
}
