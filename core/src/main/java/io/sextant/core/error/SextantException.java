package io.sextant.core.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of Sextant's failures.
 *
 * <p>The message says what happened, names the input (and where it came from), and says what to do. It holds neither
 * secrets nor image content nor the words of a prompt.
 */
public abstract class SextantException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCategory category;

    /**
     * @param category what a route does with the message
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    protected SextantException(ErrorCategory category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.category = Objects.requireNonNull(category, "category");
    }

    /** What kind of failure this is. */
    public final ErrorCategory category() {
        return category;
    }
}
