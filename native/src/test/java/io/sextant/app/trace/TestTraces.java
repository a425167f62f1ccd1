package io.sextant.app.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.sextant.routes.observe.PipelineObserver;

/** The traces of pipelines, for tests that put an application together by hand. */
public final class TestTraces {
    private TestTraces() {}

    /** Traces every message. */
    public static PipelineObserver of(OpenTelemetry telemetry) {
        return pipeline -> new PipelineTraceListener(telemetry, pipeline.name(), pipeline.sourceScheme());
    }
}
