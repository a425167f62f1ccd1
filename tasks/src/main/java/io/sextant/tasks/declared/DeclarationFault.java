package io.sextant.tasks.declared;

import java.util.Objects;

/**
 * What is wrong with one key of a declared task.
 *
 * @param key as {@link DeclaredKeys} writes it
 * @param message what is wrong with its value, and what to do; does not name the key
 */
public record DeclarationFault(String key, String message) {
    public DeclarationFault {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
    }

    /** {@code shape: "round" is none of [...]}. */
    @Override
    public String toString() {
        return key + ": " + message;
    }
}
