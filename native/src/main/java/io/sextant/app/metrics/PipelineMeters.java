package io.sextant.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sextant.connectors.SourceStatistics;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.routes.observe.RunningPipeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** Gives every pipeline its meters. */
@Singleton
public final class PipelineMeters implements PipelineObserver {
    private final MeterRegistry registry;

    @Inject
    PipelineMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public PipelineListener observe(RunningPipeline pipeline) {
        gauge(Meters.PIPELINE_STARTED, pipeline, "Whether its route takes messages", each -> each.isStarted() ? 1 : 0);
        gauge(Meters.PIPELINE_IN_FLIGHT, pipeline, "Messages being worked on", RunningPipeline::inFlight);
        gauge(
                Meters.PIPELINE_RETRYING,
                pipeline,
                "Messages that wait for another attempt",
                each -> each.retrying().map(RunningPipeline.Retrying::messages).orElse(0));
        source(
                Meters.SOURCE_CONNECTED,
                pipeline,
                "Whether the source reaches what it reads from",
                source -> source.problem() == null ? 1 : 0);
        source(Meters.SOURCE_PARTITIONS, pipeline, "Partitions of this process", SourceStatistics::partitions);
        source(
                Meters.SOURCE_PARTITIONS_PAUSED,
                pipeline,
                "Partitions of which no more is fetched now",
                SourceStatistics::pausedPartitions);
        source(
                Meters.SOURCE_LAG,
                pipeline,
                "Messages of this process's partitions not done with",
                source -> source.lag().isPresent() ? source.lag().getAsLong() : Double.NaN);
        return new PipelineMeterListener(registry, pipeline.name(), pipeline.sourceScheme());
    }

    /**
     * The meters of tasks alone, for whoever asks them without a pipeline.
     *
     * @param asker stands where else the pipeline's name does
     */
    public PipelineListener tasksOf(String asker) {
        return new TaskMeterListener(registry, asker);
    }

    private void source(
            String name, RunningPipeline pipeline, String description, ToDoubleFunction<SourceStatistics> value) {
        gauge(name, pipeline, description, each -> value.applyAsDouble(each.source()));
    }

    private void gauge(
            String name, RunningPipeline pipeline, String description, ToDoubleFunction<RunningPipeline> value) {
        Gauge.builder(name, pipeline, value)
                .description(description)
                .tag(Meters.PIPELINE, pipeline.name())
                .strongReference(true)
                .register(registry);
    }
}
