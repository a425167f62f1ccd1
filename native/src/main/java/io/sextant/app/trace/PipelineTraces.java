package io.sextant.app.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.routes.observe.RunningPipeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Traces every message of every pipeline, where traces are gathered at all. Elsewhere a message's own trace goes on as it came: a span that is sent
 * nowhere would be a gap in it.
 */
@Singleton
final class PipelineTraces implements PipelineObserver {
    private final OpenTelemetry telemetry;
    private final boolean isOff;

    @Inject
    PipelineTraces(
            OpenTelemetry telemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean isOff) {
        this.telemetry = telemetry;
        this.isOff = isOff;
    }

    @Override
    public PipelineListener observe(RunningPipeline pipeline) {
        if (isOff) {
            return PipelineListener.NONE;
        }
        return new PipelineTraceListener(telemetry, pipeline.name(), pipeline.sourceScheme());
    }
}
