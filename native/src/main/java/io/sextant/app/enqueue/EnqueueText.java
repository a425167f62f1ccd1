package io.sextant.app.enqueue;

import io.sextant.app.console.Printable;
import io.sextant.connectors.archive.Enqueuing;
import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps the state, and tells now and then how far it is. */
final class EnqueueText implements Enqueuing.Listener {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long BETWEEN_LINES_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final StateFile file;
    private final LongSupplier nanoTime;
    private final long start;
    private final Enqueuing.State begin;
    private final @Nullable Long count;
    private long told;

    /**
     * @param begin where it goes on
     * @param count images behind that; null where nobody counted them
     */
    EnqueueText(PrintWriter out, StateFile file, Enqueuing.State begin, @Nullable Long count, LongSupplier nanoTime) {
        this.out = out;
        this.file = file;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.told = start;
        this.begin = begin;
        this.count = count;
        if (begin.after() != null) {
            out.println("Going on behind " + Printable.line(begin.after()) + ": sent " + begin.sent() + ", not chosen "
                    + begin.leftOut() + " before.");
        }
    }

    @Override
    public void reached(Enqueuing.State state) {
        file.write(state);
        long now = nanoTime.getAsLong();
        if (now - told >= BETWEEN_LINES_NANOS) {
            told = now;
            long perSecond = (state.sent() - begin.sent()) * SECOND_NANOS / Math.max(1, now - start);
            out.println("  sent " + state.sent() + ", not chosen " + state.leftOut() + ", " + perSecond + " a second, "
                    + (count == null ? "" : left(state, count, now - start)) + "up to "
                    + Printable.line(String.valueOf(state.after())));
            out.flush();
        }
    }

    /** As if the rest went as what is done; what came to the archive since it was counted takes longer. */
    private String left(Enqueuing.State state, long count, long nanos) {
        long done = state.sent() + state.leftOut() - begin.sent() - begin.leftOut();
        long rest = Math.max(0, count - done);
        long seconds = Math.round((double) nanos / Math.max(1, done) * rest / SECOND_NANOS);
        return 100 * done / Math.max(1, done + rest) + " % of " + (done + rest) + ", about "
                + (seconds < 120 ? seconds + " s" : seconds / 60 + " min") + " left, ";
    }
}
