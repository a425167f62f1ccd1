package io.sextant.training.evaluation;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Says now and then how far a long run is, how fast it is, and how long it will take. Used by one thread. */
final class ProgressLine implements IntConsumer {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final int total;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastSaid;

    ProgressLine(PrintWriter out, int total, LongSupplier nanoTime) {
        this.out = out;
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastSaid = start;
    }

    @Override
    public void accept(int done) {
        long now = nanoTime.getAsLong();
        if (now - lastSaid < PAUSE.toNanos() || done == 0) {
            return;
        }
        lastSaid = now;
        double seconds = (now - start) / 1e9;
        out.println(String.format(
                Locale.ROOT,
                "%d of %d requests, %.1f a second, %.0f s left",
                done,
                total,
                done / seconds,
                (total - done) * seconds / done));
        out.flush();
    }
}
