package io.sextant.routes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** Has pipelines tell what they did, at intervals and once more at the end. Started and stopped with Camel. */
final class ProgressTimer extends ServiceSupport {
    private final CamelContext context;
    private final List<ProgressLog> logs;
    private final Duration interval;
    private @Nullable ScheduledExecutorService executor;

    /** @param interval more than 0 */
    ProgressTimer(CamelContext context, List<ProgressLog> logs, Duration interval) {
        this.context = context;
        this.logs = List.copyOf(logs);
        this.interval = interval;
    }

    @Override
    protected void doStart() {
        ScheduledExecutorService started =
                context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "sextant-summary");
        started.scheduleWithFixedDelay(
                () -> logs.forEach(ProgressLog::summarise),
                interval.toMillis(),
                Math.max(1, interval.toMillis()),
                TimeUnit.MILLISECONDS);
        executor = started;
    }

    @Override
    protected void doStop() {
        ScheduledExecutorService started = executor;
        if (started != null) {
            context.getExecutorServiceManager().shutdownNow(started);
            executor = null;
        }
        logs.forEach(ProgressLog::summarise);
    }
}
