package io.sextant.tasks.camel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Endpoint;

/**
 * Why models could not be opened. What an endpoint of a route failed with counts until its model is open or the endpoint stops; what an
 * address of a single message led to, which may never be asked for again, for {@link #PASSING}. Thread-safe.
 */
final class ModelFailures {
    /** How long a failure counts that no route is built on. */
    static final Duration PASSING = Duration.ofMinutes(1);

    /** Most of those, the latest. */
    static final int MOST_PASSING = 10;

    private final InstantSource clock;
    private final Map<Endpoint, Failure> failures = new LinkedHashMap<>();

    ModelFailures(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * One of them.
     *
     * @param end from when on it counts no more
     */
    private record Failure(ModelOptions options, String message, Instant end) {
        boolean isPassing() {
            return end.isBefore(Instant.MAX);
        }
    }

    synchronized void add(Endpoint endpoint, ModelOptions options, String message) {
        boolean isOfRoute = endpoint.getCamelContext().getEndpointRegistry().isStatic(endpoint.getEndpointUri());
        failures.remove(endpoint);
        failures.put(
                endpoint,
                new Failure(
                        options,
                        message,
                        isOfRoute ? Instant.MAX : clock.instant().plus(PASSING)));
        List<Endpoint> passing = failures.entrySet().stream()
                .filter(entry -> entry.getValue().isPassing())
                .map(Map.Entry::getKey)
                .toList();
        passing.stream().limit(Math.max(0, passing.size() - MOST_PASSING)).forEach(failures::remove);
    }

    /** The model of these options is open. */
    synchronized void opened(ModelOptions options) {
        failures.values().removeIf(failure -> failure.options().equals(options));
    }

    synchronized void stopped(Endpoint endpoint) {
        failures.remove(endpoint);
    }

    /** Each once, the oldest first. */
    synchronized List<String> messages() {
        Instant now = clock.instant();
        failures.values().removeIf(failure -> !now.isBefore(failure.end()));
        return failures.values().stream().map(Failure::message).distinct().toList();
    }

    synchronized void clear() {
        failures.clear();
    }
}
