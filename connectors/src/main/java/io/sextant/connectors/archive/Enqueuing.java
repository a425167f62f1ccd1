package io.sextant.connectors.archive;

import io.sextant.connectors.ConnectorException;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a claim check for each wanted image of an archive.
 *
 * <p>What is guaranteed: (1) a state that was told counts only what has arrived, so whoever goes on behind it leaves none out; (2) what was
 * sent since the last state is sent again then; (3) nothing is kept of what is done with, however much there is.
 * Used by one thread.
 */
public final class Enqueuing {
    /** So many are sent again at most, after a kill. */
    private static final int BETWEEN_STATES = 1_000;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final ImageArchive archive;
    private final ClaimSink sink;
    private final ImageFilter filter;
    private final @Nullable Integer mostPerSecond;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /**
     * @param archive what is listed
     * @param sink takes the claim checks; its owner closes it
     * @param mostPerSecond how many are sent in a second; null for as many as can be
     * @param nanoTime the clock, as {@link System#nanoTime}
     * @param pause waits
     */
    public Enqueuing(
            ImageArchive archive,
            ClaimSink sink,
            ImageFilter filter,
            @Nullable Integer mostPerSecond,
            LongSupplier nanoTime,
            Pause pause) {
        this.archive = Objects.requireNonNull(archive, "archive");
        this.sink = Objects.requireNonNull(sink, "sink");
        this.filter = Objects.requireNonNull(filter, "filter");
        this.mostPerSecond = mostPerSecond;
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.pause = Objects.requireNonNull(pause, "pause");
    }

    /**
     * Goes through the archive to its end.
     *
     * @param begin where to go on
     * @param listener is told how far it is, now and then and at the end
     * @return how far that is
     * @throws ConnectorException if the archive cannot be listed, or a claim check does not arrive; what was told by then has arrived
     */
    public State run(State begin, Listener listener) {
        long start = nanoTime.getAsLong();
        long[] counts = {begin.sent(), begin.leftOut(), 0};
        String[] last = {begin.after()};
        archive.forEach(begin.after(), image -> {
            last[0] = image.name();
            if (filter.isWanted(image)) {
                keepPace(start, counts[0] - begin.sent());
                sink.send(image);
                counts[0]++;
            } else {
                counts[1]++;
            }
            if (++counts[2] % BETWEEN_STATES == 0) {
                sink.flush();
                listener.reached(new State(last[0], counts[0], counts[1]));
            }
        });
        sink.flush();
        State end = new State(last[0], counts[0], counts[1]);
        listener.reached(end);
        return end;
    }

    /**
     * Lists all there is behind a state, to tell how long sending it will take.
     *
     * @return how many images that are, wanted or not
     * @throws ConnectorException if the archive cannot be listed
     */
    public long count(State begin) {
        long[] count = {0};
        archive.forEach(begin.after(), image -> count[0]++);
        return count[0];
    }

    private void keepPace(long start, long sent) {
        if (mostPerSecond == null) {
            return;
        }
        long due = start + (long) (SECOND_NANOS * ((double) sent / mostPerSecond));
        long early = due - nanoTime.getAsLong();
        if (early > 0) {
            pause.nanos(early);
        }
    }

    /**
     * How far it is.
     *
     * @param after the name of the last image that is done with; null before the first
     * @param sent claim checks that have arrived
     * @param leftOut images that are not wanted
     */
    public record State(@Nullable String after, long sent, long leftOut) {
        /** Before the first image. */
        public static final State BEGIN = new State(null, 0, 0);
    }

    /** Is told how far it is. */
    public interface Listener {
        /** All up to here has arrived. */
        void reached(State state);
    }

    /** Waits for a while. */
    public interface Pause {
        /** Returns after so many nanoseconds. */
        void nanos(long nanos);
    }
}
