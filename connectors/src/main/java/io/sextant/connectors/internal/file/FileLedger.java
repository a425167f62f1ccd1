package io.sextant.connectors.internal.file;

import io.sextant.connectors.internal.Backoff;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which files of a watched folder are still being written, done with, or waiting for another attempt. It is lost
 * with the process: what must outlive it lies in the folders.
 *
 * <p>Called by the thread that polls and by those that process images.
 */
final class FileLedger {
    /*
     * An entry belongs to one content of a file, told by its stamp. Another stamp starts over, so that an image that is
     * replaced under the same name is taken again. Entries of files that have gone are swept out whenever the ledger has
     * doubled since the last time, which keeps it within twice the number of files there are.
     */
    private static final int FIRST_SWEEP = 1024;

    private final Clock clock;
    private final Duration settle;
    private final Backoff backoff;
    private final Map<Path, Entry> entries = new ConcurrentHashMap<>();
    private int sweepAt = FIRST_SWEEP;

    FileLedger(Clock clock, Duration settle, Duration retryDelay, Duration maxRetryDelay) {
        this.clock = clock;
        this.settle = settle;
        this.backoff = new Backoff(retryDelay, maxRetryDelay);
    }

    /** Whether a file that is there is to be taken now: left alone for long enough, not done with, not waiting. */
    synchronized boolean isDue(Path file, FileStamp stamp) {
        Instant now = clock.instant();
        Entry entry = entries.get(file);
        if (entry == null || !entry.stamp().equals(stamp)) {
            sweep();
            entries.put(file, new Entry(stamp, now.plus(settle), 0, false));
            Instant modified = stamp.modified().toInstant();
            return !modified.isAfter(now) && !modified.plus(settle).isAfter(now);
        }
        return !entry.done() && (!entry.notBefore().isAfter(now) || isOld(entry, now));
    }

    /** The process or its machine may have slept since the file was first seen; its age counts as well. */
    private boolean isOld(Entry entry, Instant now) {
        Instant modified = entry.stamp().modified().toInstant();
        return entry.failures() == 0
                && !modified.isAfter(now)
                && !modified.plus(settle).isAfter(now);
    }

    /** How often this content of the file has failed. */
    int failures(Path file, FileStamp stamp) {
        Entry entry = current(file, stamp);
        return entry == null ? 0 : entry.failures();
    }

    /** This content of the file is not taken again. */
    void done(Path file, FileStamp stamp) {
        entries.put(file, new Entry(stamp, clock.instant(), 0, true));
    }

    /** The file has gone, or is to be looked at anew. */
    void forget(Path file) {
        entries.remove(file);
    }

    /** This content of the file is taken again after a pause, which doubles with every failure. */
    Duration postpone(Path file, FileStamp stamp) {
        int failures = failures(file, stamp) + 1;
        Duration pause = backoff.after(failures);
        entries.put(file, new Entry(stamp, clock.instant().plus(pause), failures, false));
        return pause;
    }

    private @Nullable Entry current(Path file, FileStamp stamp) {
        Entry entry = entries.get(file);
        return entry != null && entry.stamp().equals(stamp) ? entry : null;
    }

    private void sweep() {
        if (entries.size() >= sweepAt) {
            entries.keySet().removeIf(file -> FileStamp.of(file).isEmpty());
            sweepAt = Math.max(FIRST_SWEEP, 2 * entries.size());
        }
    }

    private record Entry(FileStamp stamp, Instant notBefore, int failures, boolean done) {}
}
