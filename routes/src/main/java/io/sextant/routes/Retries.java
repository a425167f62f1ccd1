package io.sextant.routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The images of one pipeline that wait for another attempt, through no fault of their own. Thread-safe. */
final class Retries {
    /** An image that has gone meanwhile is never heard of again; it is forgotten when it is overdue for so long. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Clock clock;
    private final Map<String, Retry> waiting = new HashMap<>();

    Retries(Clock clock) {
        this.clock = clock;
    }

    /**
     * An image failed, and comes again.
     *
     * @param attempts how often it was tried by now
     * @param pause until it may be tried again
     * @param reason why it failed
     */
    synchronized void add(String image, int attempts, Duration pause, String reason) {
        Instant now = clock.instant();
        Retry earlier = waiting.get(image);
        Instant since = earlier == null ? now : earlier.since();
        waiting.put(image, new Retry(image, since, attempts, now.plus(pause), pause, reason));
    }

    /** An image is done with, one way or the other. */
    synchronized void remove(String image) {
        waiting.remove(image);
    }

    /** Those that wait now, the one that has waited longest first. */
    synchronized List<Retry> waiting() {
        Instant now = clock.instant();
        waiting.values()
                .removeIf(retry -> retry.next()
                        .plus(retry.pause().multipliedBy(2))
                        .plus(GRACE)
                        .isBefore(now));
        return waiting.values().stream()
                .sorted(Comparator.comparing(Retry::since).thenComparing(Retry::image))
                .toList();
    }

    /**
     * An image that comes again.
     *
     * @param image its name at its source
     * @param since when it failed for the first time
     * @param attempts how often it was tried
     * @param next when it may be tried again
     * @param pause how long it waits for that
     * @param reason why it failed the last time
     */
    record Retry(String image, Instant since, int attempts, Instant next, Duration pause, String reason) {}
}
