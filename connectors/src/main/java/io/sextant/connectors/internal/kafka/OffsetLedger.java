package io.sextant.connectors.internal.kafka;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which offsets of one partition are open, and up to where it may be committed. Not thread-safe.
 *
 * <p>Offsets may have gaps, as compacted topics and transactions leave them; where nothing is open the position is behind them,
 * so that a lag of 0 means that there is nothing to do.
 */
final class OffsetLedger {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    /** A record has been taken from the topic. Offsets come in rising order. */
    void admit(long offset) {
        if (offset < next) {
            throw new IllegalArgumentException("Offset " + offset + " comes after " + (next - 1));
        }
        if (committed < 0) {
            committed = offset;
        }
        open.add(offset);
        next = offset + 1;
    }

    /**
     * The next offset that can come, whatever lies before it: behind gaps and the marks of transactions, which are no records.
     * Counts only while nothing is open.
     */
    void position(long offset) {
        if (open.isEmpty() && offset > next) {
            next = offset;
            committed = Math.max(committed, 0);
        }
    }

    /** Whether an offset cannot follow those admitted, as after a topic was made anew or its end was cut off. */
    boolean isPast(long offset) {
        return offset < next;
    }

    /** The record is done with: its results are published, or it lies in the dead letters. */
    void done(long offset) {
        open.remove(offset);
    }

    /** The offset to commit: everything below it is done with, and it is higher than what was committed. Empty if there is none. */
    OptionalLong committable() {
        long position = open.isEmpty() ? next : open.first();
        return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
    }

    /** The broker has stored this position. */
    void committed(long position) {
        committed = Math.max(committed, position);
    }

    /** How many records are not done with. */
    int open() {
        return open.size();
    }
}
