package io.sextant.routes.observe;

import java.util.List;

/** Wants to know what pipelines do. */
@FunctionalInterface
public interface PipelineObserver {
    /** Wants to know nothing. */
    PipelineObserver NONE = pipeline -> PipelineListener.NONE;

    /** Several in one, told one after the other. */
    static PipelineObserver all(List<PipelineObserver> observers) {
        List<PipelineObserver> each = List.copyOf(observers);
        return pipeline -> new ListenerList(
                each.stream().map(observer -> observer.observe(pipeline)).toList());
    }

    /**
     * A pipeline is about to start. Called once for each, before its route runs.
     *
     * @param pipeline can be asked at any time from now on
     * @return is told what the pipeline does
     */
    PipelineListener observe(RunningPipeline pipeline);
}
