package io.sextant.routes.config;

import io.sextant.core.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a configuration, so that all of it is told at once. */
public final class Problems {
    private final List<String> messages = new ArrayList<>();

    /** Nothing wrong so far. */
    public Problems() {}

    /** @param message names the key and the value, and says what to do */
    public void add(String message) {
        if (!messages.contains(message)) {
            messages.add(message);
        }
    }

    /** Adds what a failure tells, each of its problems for itself. */
    public void add(ConfigurationException failure) {
        failure.problems().forEach(this::add);
    }

    /** Adds a problem unless something holds. */
    public void require(boolean holds, String message) {
        if (!holds) {
            add(message);
        }
    }

    /**
     * The value, or null and a problem if it cannot be made.
     *
     * @param where the key or keys it is made from
     */
    public <T> @Nullable T attempt(String where, Supplier<T> value) {
        try {
            return value.get();
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> add(where + ": " + problem));
            return null;
        } catch (IllegalArgumentException e) {
            add(where + ": " + e.getMessage());
            return null;
        }
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** What is wrong, in the order it was found. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** @throws ConfigurationException with every problem, if there is any */
    public void throwIfAny() {
        if (!messages.isEmpty()) {
            throw toException(null);
        }
    }

    /** All problems as one failure. */
    ConfigurationException toException(@Nullable Throwable cause) {
        return ConfigurationException.of(messages, cause);
    }
}
