package io.sextant.routes.observe;

import io.sextant.connectors.SourceStatistics;
import java.time.Instant;
import java.util.Optional;

/** A pipeline as it stands at this moment. Thread-safe. */
public interface RunningPipeline {

    /** As configured. */
    String name();

    /** Camel's name of its route. */
    String routeId();

    /** The scheme of where its images come from, for instance {@code file}. */
    String sourceScheme();

    /** Whether its route takes messages. */
    boolean isStarted();

    /** Messages that are being worked on. */
    int inFlight();

    /** What its source says. */
    SourceStatistics source();

    /** What it tries again; empty where nothing waits for another attempt. */
    Optional<Retrying> retrying();

    /**
     * What a pipeline tries again.
     *
     * @param messages how many wait for another attempt
     * @param oldest the name of the one that has waited longest
     * @param since when that failed for the first time
     * @param attempts how often it was tried
     * @param reason why it failed the last time
     * @param isLongest whether the pauses of any have grown to the longest, so that it will hardly pass by itself
     */
    record Retrying(int messages, String oldest, Instant since, int attempts, String reason, boolean isLongest) {}
}
