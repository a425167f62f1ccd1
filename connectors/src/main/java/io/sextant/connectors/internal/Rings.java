package io.sextant.connectors.internal;

import io.sextant.core.error.ConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Finds pipelines of which each takes what the one before it puts away, and the first what the last does: what fails in them,
 * or all there is, would go round without end. Thread-safe; filled while pipelines are built.
 *
 * @param <P> a place of one connector
 */
public final class Rings<P> {
    private final BiPredicate<P, P> isTaken;
    private final List<Way<P>> ways = new ArrayList<>();
    private final List<Way<P>> takers = new ArrayList<>();

    /** @param isTaken whether what is put at the first place is taken from the second */
    public Rings(BiPredicate<P, P> isTaken) {
        this.isTaken = Objects.requireNonNull(isTaken, "isTaken");
    }

    /**
     * A pipeline takes what comes to a place.
     *
     * @param written the setting, for messages: {@code from=kafka:photos}
     * @throws ConfigurationException if that closes a ring
     */
    public synchronized void takes(String pipeline, String written, P place) {
        takers.add(new Way<>(pipeline, written, place));
        requireNone();
    }

    /**
     * A pipeline puts at a place what is not told from input there.
     *
     * @param written the setting, for messages: {@code to=kafka:photos}
     * @throws ConfigurationException if that closes a ring
     */
    public synchronized void puts(String pipeline, String written, P place) {
        ways.add(new Way<>(pipeline, written, place));
        requireNone();
    }

    private void requireNone() {
        for (Way<P> first : ways) {
            List<String> ring = ring(first.pipeline(), first.pipeline(), List.of(), new HashSet<>());
            if (!ring.isEmpty()) {
                throw new ConfigurationException(
                        "Output would come back as input without end: " + String.join("; ", ring)
                                + ". Send one of them to a place that none of these pipelines reads.");
            }
        }
    }

    /** The steps from one pipeline back to the first; none if no way leads there. */
    private List<String> ring(String first, String pipeline, List<String> before, Set<String> seen) {
        if (!seen.add(pipeline)) {
            return List.of();
        }
        for (Way<P> way : ways) {
            for (Way<P> taker : takers) {
                if (!way.pipeline().equals(pipeline) || !isTaken.test(way.place(), taker.place())) {
                    continue;
                }
                List<String> steps = new ArrayList<>(before);
                steps.add(way + " is read by " + taker);
                List<String> ring = taker.pipeline().equals(first) ? steps : ring(first, taker.pipeline(), steps, seen);
                if (!ring.isEmpty()) {
                    return ring;
                }
            }
        }
        return List.of();
    }

    private record Way<P>(String pipeline, String written, P place) {
        @Override
        public String toString() {
            return "sextant.pipelines.\"" + pipeline + "\"." + written;
        }
    }
}
