package io.sextant.core.internal.trial;

import io.sextant.core.internal.weights.ElementType;
import java.util.Locale;

/**
 * One way to compute.
 *
 * @param type FLOAT32 or BFLOAT16
 * @param threads of libtorch, at least 1
 */
public record Candidate(ElementType type, int threads) {
    /** For instance {@code bfloat16 in 2 threads}. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + (threads == 1 ? " in one thread" : " in " + threads + " threads");
    }
}
