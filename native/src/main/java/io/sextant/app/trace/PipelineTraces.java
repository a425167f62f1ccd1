package io.sextant.app.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.routes.observe.RunningPipeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Traces every message of every pipeline. */
@Singleton
final class PipelineTraces implements PipelineObserver {
    private final OpenTelemetry telemetry;

    @Inject
    PipelineTraces(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public PipelineListener observe(RunningPipeline pipeline) {
        return new PipelineTraceListener(telemetry, pipeline.name(), pipeline.sourceScheme());
    }
}
