package io.sextant.connectors.internal;

import io.sextant.connectors.CronTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** Has one of Camel's polling consumers look at given times, in a thread of its own, and not again while it is at it. */
public final class CronScheduler extends ServiceSupport implements ScheduledPollConsumerScheduler {
    private final CronTimes times;
    private final Clock clock;
    private @Nullable CamelContext context;
    private @Nullable Runnable poll;
    private @Nullable ScheduledExecutorService executor;
    private @Nullable ScheduledFuture<?> next;

    public CronScheduler(CronTimes times, Clock clock) {
        this.times = times;
        this.clock = clock;
    }

    @Override
    public void onInit(Consumer consumer) {}

    @Override
    public synchronized void scheduleTask(Runnable task) {
        poll = task;
    }

    @Override
    public synchronized void unscheduleTask() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    @Override
    public synchronized void startScheduler() {
        if (next == null) {
            plan();
        }
    }

    @Override
    public synchronized boolean isSchedulerStarted() {
        return next != null && !next.isCancelled();
    }

    /** Counts from the end of the last look: a time that passed meanwhile is left out. */
    private synchronized void plan() {
        Optional<Duration> pause = times.untilNext(ZonedDateTime.now(clock));
        next = executor == null || pause.isEmpty()
                ? null
                : executor.schedule(this::look, pause.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Runnable task;
        synchronized (this) {
            task = poll;
        }
        try {
            if (task != null) {
                task.run();
            }
        } finally {
            planAgain();
        }
    }

    private synchronized void planAgain() {
        if (next != null) {
            plan();
        }
    }

    @Override
    protected synchronized void doStart() {
        if (context != null && executor == null) {
            executor = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "cron");
        }
    }

    @Override
    protected synchronized void doStop() {
        unscheduleTask();
        if (context != null && executor != null) {
            context.getExecutorServiceManager().shutdown(executor);
            executor = null;
        }
    }

    @Override
    public synchronized @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    public synchronized void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }
}
