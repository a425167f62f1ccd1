package io.sextant.tasks.spi;

import java.util.List;
import java.util.Objects;

/**
 * What a task in several steps does next.
 *
 * @since 0.1
 */
public sealed interface NextMove {

    /**
     * A round of steps, asked together.
     *
     * @param steps at least one; none of them needs the answer of another
     */
    record Ask(List<Step> steps) implements NextMove {
        public Ask {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException(
                        "A round has at least one step; finish where there is nothing to ask");
            }
        }
    }

    /**
     * The end.
     *
     * @param text for people who read no JSON
     * @param result what was found
     */
    record Finish(String text, TaskResult result) implements NextMove {
        public Finish {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(result, "result");
        }
    }

    /** A round of these steps. */
    static NextMove ask(Step... steps) {
        return new Ask(List.of(steps));
    }

    /** A round of these steps. */
    static NextMove ask(List<Step> steps) {
        return new Ask(steps);
    }

    /** The end, with this result. */
    static NextMove finish(String text, TaskResult result) {
        return new Finish(text, result);
    }
}
