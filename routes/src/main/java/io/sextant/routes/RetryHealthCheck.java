package io.sextant.routes;

import io.sextant.routes.Retries.Retry;
import io.sextant.routes.config.PipelineSettings;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Says what a pipeline tries again, since when and why. Down once the pauses between attempts have grown to the longest: by
 * then it passes by itself no more, and whatever is behind that image in an ordered partition waits with it.
 */
final class RetryHealthCheck extends AbstractHealthCheck {
    private final PipelineSettings pipeline;
    private final Retries retries;

    RetryHealthCheck(PipelineSettings pipeline, Retries retries) {
        super("sextant", "retries:" + pipeline.routeId());
        this.pipeline = pipeline;
        this.retries = retries;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<Retry> waiting = retries.waiting();
        builder.detail("pipeline", pipeline.name()).detail("retrying", waiting.size());
        if (waiting.isEmpty()) {
            builder.up();
            return;
        }
        Retry first = waiting.get(0);
        builder.detail("image", first.image())
                .detail("since", first.since().toString())
                .detail("attempts", first.attempts())
                .detail("maxAttempts", pipeline.maxAttempts())
                .detail("next", first.next().toString())
                .detail("reason", first.reason());
        if (waiting.stream().anyMatch(retry -> retry.pause().compareTo(pipeline.maxRetryDelay()) >= 0)) {
            builder.message("Pipeline \"" + pipeline.name() + "\" tries \"" + first.image() + "\" again since "
                            + first.since() + ", " + first.attempts() + " times by now: " + first.reason())
                    .down();
        } else {
            builder.up();
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }
}
