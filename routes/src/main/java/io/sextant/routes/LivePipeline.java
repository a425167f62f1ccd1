package io.sextant.routes;

import io.sextant.connectors.SourceStatistics;
import io.sextant.routes.Retries.Retry;
import io.sextant.routes.observe.RunningPipeline;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;

/** What a pipeline's route, source and waiting images say of themselves. */
record LivePipeline(Pipeline pipeline, Retries retries, CamelContext context) implements RunningPipeline {
    @Override
    public String name() {
        return pipeline.settings().name();
    }

    @Override
    public String routeId() {
        return pipeline.settings().routeId();
    }

    @Override
    public String sourceScheme() {
        return scheme(pipeline.settings().from());
    }

    @Override
    public boolean isStarted() {
        return context.getRouteController().getRouteStatus(routeId()) == ServiceStatus.Started;
    }

    @Override
    public int inFlight() {
        return context.getInflightRepository().size(routeId());
    }

    @Override
    public SourceStatistics source() {
        return pipeline.source().statistics();
    }

    @Override
    public Optional<Retrying> retrying() {
        List<Retry> waiting = retries.waiting();
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Retry oldest = waiting.get(0);
        boolean isLongest = waiting.stream()
                .anyMatch(retry -> retry.pause().compareTo(pipeline.settings().maxRetryDelay()) >= 0);
        return Optional.of(new Retrying(
                waiting.size(), oldest.image(), oldest.since(), oldest.attempts(), oldest.reason(), isLongest));
    }

    /** What stands before the first colon; of {@code beside}, the whole. */
    static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }
}
