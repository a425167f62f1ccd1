package io.sextant.core.internal.token;

import java.util.HashMap;
import java.util.Map;

/** Which two neighbouring pieces become one, and which pair goes first. Immutable once the tokenizer is open. */
final class MergeTable {
    private static final long NONE = -1;

    private final Map<Long, Long> mergeOfPair = new HashMap<>();

    /**
     * @param rank lower goes first, at least 0
     * @param result the id of the piece both become
     */
    void add(int left, int right, int rank, int result) {
        mergeOfPair.putIfAbsent(key(left, right), key(rank, result));
    }

    /** The merge of two neighbours for {@link #rank} and {@link #result}, or a negative number if they stay apart. */
    long find(int left, int right) {
        if (left < 0 || right < 0) {
            return NONE;
        }
        return mergeOfPair.getOrDefault(key(left, right), NONE);
    }

    static int rank(long merge) {
        return (int) (merge >>> 32);
    }

    static int result(long merge) {
        return (int) merge;
    }

    private static long key(int high, int low) {
        return (long) high << 32 | low;
    }
}
