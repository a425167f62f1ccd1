package io.sextant.connectors.internal;

import java.time.Duration;

/**
 * Pauses that double with every failure.
 *
 * @param first the pause after the first failure, more than 0
 * @param longest no pause is longer, at least {@code first}
 */
public record Backoff(Duration first, Duration longest) {
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "pauses must be more than 0 and grow, were " + first + " up to " + longest);
        }
    }

    /**
     * The pause before the next attempt.
     *
     * @param failures how many there were by now, at least 1
     */
    public Duration after(int failures) {
        Duration pause = first;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
