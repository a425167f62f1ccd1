package io.sextant.app.health;

import io.sextant.connectors.SourceStatistics;
import io.sextant.routes.observe.RunningPipeline;
import io.sextant.routes.observe.RunningPipeline.Retrying;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Whether one pipeline does its work: its route takes messages, its source is reached, and nothing is tried again with the longest
 * pauses. Says why not, and since when.
 */
final class PipelineHealth implements HealthCheck {
    private final RunningPipeline pipeline;
    private final Clock clock;
    private Instant since;
    private @Nullable Boolean wasUp;

    PipelineHealth(RunningPipeline pipeline, Clock clock) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.since = clock.instant();
    }

    @Override
    public HealthCheckResponse call() {
        SourceStatistics source = pipeline.source();
        Optional<Retrying> retrying = pipeline.retrying();
        Fault fault = fault(source, retrying);
        HealthCheckResponseBuilder response = HealthCheckResponse.named("sextant-pipeline-" + pipeline.name())
                .status(fault == null)
                .withData("since", since(fault).toString())
                .withData("inFlight", pipeline.inFlight())
                .withData("retrying", retrying.map(Retrying::messages).orElse(0));
        if (fault != null) {
            response.withData("reason", fault.reason());
        }
        if (source.lag().isPresent()) {
            response.withData("lag", source.lag().getAsLong());
        }
        return response.build();
    }

    private @Nullable Fault fault(SourceStatistics source, Optional<Retrying> retrying) {
        if (!pipeline.isStarted()) {
            return new Fault("its route takes no messages", null);
        }
        String problem = source.problem();
        if (problem != null) {
            return new Fault("the source is not reached: " + problem, source.problemSince());
        }
        return retrying.filter(Retrying::isLongest)
                .map(stuck -> new Fault(
                        "\"" + stuck.oldest() + "\" was tried " + stuck.attempts() + " times: " + stuck.reason(),
                        stuck.since()))
                .orElse(null);
    }

    /** What does not know itself since when it is so, is so since it was first seen otherwise, or from the start. */
    private synchronized Instant since(@Nullable Fault fault) {
        boolean isUp = fault == null;
        if (wasUp != null && isUp != wasUp) {
            since = clock.instant();
        }
        wasUp = isUp;
        Instant known = fault == null ? null : fault.since();
        return known == null ? since : known;
    }

    private record Fault(String reason, @Nullable Instant since) {}
}
