package io.sextant.core.internal.language;

import java.util.Objects;

/**
 * New positions of one sequence, as they go through the layers.
 *
 * @param table blocks of the sequence in the order of its positions; enough for all of them
 * @param start positions computed before; the new ones follow
 * @param count new positions, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one step, never compared
public record SequenceRun(int[] table, int start, int count) {
    public SequenceRun {
        Objects.requireNonNull(table, "table");
        if (start < 0 || count < 1) {
            throw new IllegalArgumentException(
                    "A run has a start of at least 0 and positions, was " + start + " and " + count);
        }
    }

    /** Positions after this run. */
    int length() {
        return start + count;
    }
}
