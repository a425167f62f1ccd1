package io.sextant.tasks.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * What a task in several steps may take of the model for one request.
 *
 * @param steps asked in all, at least 1
 * @param parts of the image looked at in all, 0 or more; each is encoded as an image of its own
 * @param tokens written by all steps together, at least 1; a round's steps share evenly what is left
 * @param time from the first step to the last answer, positive; a request's own deadline holds as well
 * @since 0.1
 */
public record StepBudget(int steps, int parts, int tokens, Duration time) {
    /** 16 steps, 16 parts, 2,000 tokens, 2 minutes. */
    public static final StepBudget DEFAULT = new StepBudget(16, 16, 2_000, Duration.ofMinutes(2));

    public StepBudget {
        Objects.requireNonNull(time, "time");
        if (steps < 1 || parts < 0 || tokens < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A budget has at least 1 step, 0 parts, 1 token and some time, was "
                    + steps + " steps, " + parts + " parts, " + tokens + " tokens, " + time);
        }
    }
}
