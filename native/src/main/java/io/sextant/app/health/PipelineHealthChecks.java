package io.sextant.app.health;

import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.routes.observe.RunningPipeline;
import io.smallrye.health.api.HealthRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.health.Readiness;

/** Gives every pipeline its entry. */
@Singleton
final class PipelineHealthChecks implements PipelineObserver {
    private final HealthRegistry registry;

    @Inject
    PipelineHealthChecks(@Readiness HealthRegistry registry) {
        this.registry = registry;
    }

    @Override
    public PipelineListener observe(RunningPipeline pipeline) {
        registry.register(pipeline.routeId(), new PipelineHealth(pipeline, Clock.systemUTC()));
        return PipelineListener.NONE;
    }
}
