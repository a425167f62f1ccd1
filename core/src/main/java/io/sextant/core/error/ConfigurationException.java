package io.sextant.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that cannot be used; the message names each key, its value and what is allowed. */
public final class ConfigurationException extends SextantException {
    private static final long serialVersionUID = 1L;
    private static final String BETWEEN = "\n  - ";

    private final String[] problems;

    /** @param message what happened, to which input, and what to do */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /**
     * @param message what happened, to which input, and what to do
     * @param cause the failure underneath, or null if there is none
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        this(message, new String[] {message}, cause);
    }

    private ConfigurationException(String message, String[] problems, @Nullable Throwable cause) {
        super(ErrorCategory.CONFIGURATION, message, cause);
        this.problems = problems;
    }

    /**
     * Several problems as one failure.
     *
     * @param problems each says what happened, to which input, and what to do; not empty
     * @param cause the failure underneath, or null if there is none
     * @throws IllegalArgumentException if there is no problem
     */
    public static ConfigurationException of(List<String> problems, @Nullable Throwable cause) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must not be empty");
        }
        String list = String.join(BETWEEN, problems);
        String message = problems.size() == 1
                ? list
                : "The configuration has " + problems.size() + " problems:" + BETWEEN + list;
        return new ConfigurationException(message, problems.toArray(new String[0]), cause);
    }

    /** What is wrong, each for itself; one where only one thing is. */
    public List<String> problems() {
        return List.of(problems);
    }
}
