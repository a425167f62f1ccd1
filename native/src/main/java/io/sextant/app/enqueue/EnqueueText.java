package io.sextant.app.enqueue;

import io.sextant.connectors.archive.Enqueuing;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Keeps the state, and tells now and then how far it is. */
final class EnqueueText implements Enqueuing.Listener {
    private static final long BETWEEN_LINES_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final StateFile file;
    private final LongSupplier nanoTime;
    private final long start;
    private final long before;
    private long told;

    /** @param begin where it goes on */
    EnqueueText(PrintWriter out, StateFile file, Enqueuing.State begin, LongSupplier nanoTime) {
        this.out = out;
        this.file = file;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.told = start;
        this.before = begin.sent();
        if (begin.after() != null) {
            out.println("Going on behind " + begin.after() + ": sent " + begin.sent() + ", not chosen "
                    + begin.leftOut() + " before.");
        }
    }

    @Override
    public void reached(Enqueuing.State state) {
        file.write(state);
        long now = nanoTime.getAsLong();
        if (now - told >= BETWEEN_LINES_NANOS) {
            told = now;
            long perSecond = (state.sent() - before) * 1_000_000_000L / Math.max(1, now - start);
            out.println("  sent " + state.sent() + ", not chosen " + state.leftOut() + ", " + perSecond
                    + " a second, up to " + state.after());
            out.flush();
        }
    }
}
