package io.sextant.app.web;

import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.routes.observe.RunningPipeline;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All pipelines, in the order of their start. Thread-safe. */
@Singleton
final class WatchedPipelines implements PipelineObserver {
    private final List<WatchedPipeline> pipelines = new CopyOnWriteArrayList<>();

    @Override
    public PipelineListener observe(RunningPipeline pipeline) {
        WatchedPipeline watched = new WatchedPipeline(pipeline);
        pipelines.add(watched);
        return watched;
    }

    List<WatchedPipeline> all() {
        return List.copyOf(pipelines);
    }

    Optional<WatchedPipeline> named(String name) {
        return pipelines.stream()
                .filter(each -> each.pipeline().name().equals(name))
                .findFirst();
    }
}
