package io.sextant.connectors.internal;

import io.sextant.connectors.SourceStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Whether a source reaches what it reads from, and if not why and since when, and how much it has before it. Thread-safe. */
public final class SourceState {
    private static final Duration TOLD_EVERY = Duration.ofMinutes(1);

    private final LongAdder leftOut = new LongAdder();
    private volatile @Nullable String problem;
    private @Nullable Instant since;
    private int partitions;
    private int pausedPartitions;
    private OptionalLong lag = OptionalLong.empty();
    private @Nullable Instant told;
    private boolean isToldDown = true;

    /** @param problem until the source was reached for the first time */
    public SourceState(String problem) {
        this.problem = problem;
    }

    /** What was left out because Sextant wrote it, or nobody means it as an image: since the start, or at the last look. */
    public LongAdder leftOut() {
        return leftOut;
    }

    /** The reason it does not work, or null if it does. */
    public @Nullable String problem() {
        return problem;
    }

    /** Whether it does not work. */
    public boolean isDown() {
        return problem != null;
    }

    /**
     * It works.
     *
     * @return whether that is to be told: what was told last is that it does not
     */
    public synchronized boolean up() {
        boolean isNews = isToldDown;
        problem = null;
        since = null;
        isToldDown = false;
        return isNews;
    }

    /**
     * It does not work.
     *
     * @return whether that is to be told: once a minute, also where it works for a moment in between
     */
    public synchronized boolean down(String reason, Instant now) {
        boolean isNews = told == null || !told.plus(TOLD_EVERY).isAfter(now);
        since = since == null ? now : since;
        problem = reason;
        if (isNews) {
            told = now;
            isToldDown = true;
        }
        return isNews;
    }

    /**
     * What lies before it.
     *
     * @param assigned partitions that are its own
     * @param paused those of which no more is fetched now
     * @param behind messages of them that are not done with; empty where it is not known
     */
    public synchronized void before(int assigned, int paused, OptionalLong behind) {
        partitions = assigned;
        pausedPartitions = paused;
        lag = behind;
    }

    /** All of it at this moment. */
    public synchronized SourceStatistics statistics() {
        return new SourceStatistics(problem, since, leftOut.sum(), partitions, pausedPartitions, lag);
    }

    /** It was stopped. */
    public void stopped() {
        problem = "stopped";
    }
}
