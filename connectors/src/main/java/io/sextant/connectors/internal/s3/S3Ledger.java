package io.sextant.connectors.internal.s3;

import io.sextant.connectors.internal.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which objects of a bucket are done with, or wait for another attempt. It is lost with the process: what must
 * outlive it lies in the buckets. Thread-safe: the polling thread asks what is due, those that work on objects say what came of them.
 */
final class S3Ledger {
    /*
     * An entry belongs to one content of an object, told by its stamp. Another stamp starts over, so that an image that is
     * replaced under the same key is taken again. A pass is one look at everything there is; entries it has not met belong
     * to objects that have gone, unless they are being worked on.
     */
    private final Clock clock;
    private final Backoff backoff;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private long pass;

    S3Ledger(Clock clock, Duration retryDelay, Duration maxRetryDelay) {
        this.clock = clock;
        this.backoff = new Backoff(retryDelay, maxRetryDelay);
    }

    /** A look at everything begins. */
    synchronized void beginPass() {
        pass++;
    }

    /** A look at everything is complete. */
    synchronized void endPass() {
        entries.values().removeIf(entry -> entry.pass != pass && !underWay.contains(entry.stamp.key()));
    }

    /** Whether an object that is there is to be taken now: not done with, not waiting, not being worked on. */
    synchronized boolean isDue(S3Stamp stamp) {
        if (underWay.contains(stamp.key())) {
            return false;
        }
        Entry entry = entries.get(stamp.key());
        if (entry == null) {
            return true;
        }
        entry.pass = pass;
        return !entry.stamp.equals(stamp) || (!entry.isDone && !entry.notBefore.isAfter(clock.instant()));
    }

    /** How often this content of the object has failed. */
    synchronized int failures(S3Stamp stamp) {
        Entry entry = entries.get(stamp.key());
        return entry != null && entry.stamp.equals(stamp) ? entry.failures : 0;
    }

    /** This content of the object is not taken again. */
    synchronized void done(S3Stamp stamp) {
        entries.put(stamp.key(), new Entry(stamp, clock.instant(), 0, true, pass));
    }

    /** The object has gone, or is to be looked at anew. */
    synchronized void forget(S3Stamp stamp) {
        entries.remove(stamp.key());
    }

    /** This content of the object is taken again after a pause, which doubles with every failure. */
    synchronized Duration postpone(S3Stamp stamp) {
        int failures = failures(stamp) + 1;
        Duration pause = backoff.after(failures);
        entries.put(stamp.key(), new Entry(stamp, clock.instant().plus(pause), failures, false, pass));
        return pause;
    }

    /** An object is being worked on. */
    synchronized void begin(S3Stamp stamp) {
        underWay.add(stamp.key());
    }

    /** An object is no longer being worked on. */
    synchronized void end(S3Stamp stamp) {
        underWay.remove(stamp.key());
    }

    /** How many objects it remembers. */
    synchronized int size() {
        return entries.size();
    }

    private static final class Entry {
        private final S3Stamp stamp;
        private final Instant notBefore;
        private final int failures;
        private final boolean isDone;
        private long pass;

        private Entry(S3Stamp stamp, Instant notBefore, int failures, boolean isDone, long pass) {
            this.stamp = stamp;
            this.notBefore = notBefore;
            this.failures = failures;
            this.isDone = isDone;
            this.pass = pass;
        }
    }
}
