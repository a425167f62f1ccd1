package io.sextant.routes.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the values of one record have to be. All that is not so is told in one exception. */
final class Requirements {
    private final List<String> broken = new ArrayList<>();

    /** @param otherwise what to say where it does not hold */
    void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /** The value, or null where making it throws an {@link IllegalArgumentException}, which is told with the others. */
    <T> @Nullable T attempt(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            broken.add(e.getMessage());
            return null;
        }
    }

    /** @throws IllegalArgumentException if anything does not hold */
    void throwIfBroken() {
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", broken));
        }
    }
}
