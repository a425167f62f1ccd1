package io.sextant.routes;

import io.sextant.core.error.ResourceExhaustedException;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with the route on a thread of its own, so that the thread that consumes brings the next image meanwhile. While all its threads
 * are busy the consuming thread waits, and takes nothing more from its source.
 */
final class HandOverProcessor extends AsyncProcessorSupport {
    private final CamelContext context;
    private final String name;
    private final int workers;
    private final Semaphore free;
    private @Nullable ExecutorService threads;

    /**
     * @param name of the threads
     * @param workers images that are worked on at once, at least 1
     */
    HandOverProcessor(CamelContext context, String name, int workers) {
        this.context = context;
        this.name = name;
        this.workers = workers;
        this.free = new Semaphore(workers);
    }

    @Override
    protected void doStart() {
        threads = context.getExecutorServiceManager().newFixedThreadPool(this, name, workers);
    }

    @Override
    protected void doStop() {
        ExecutorService started = threads;
        if (started != null) {
            context.getExecutorServiceManager().shutdownNow(started);
            threads = null;
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(
                    new ResourceExhaustedException("Stopped before the image was begun; it comes again.", e));
            callback.done(true);
            return true;
        }
        try {
            Objects.requireNonNull(threads, "started").execute(() -> {
                try {
                    callback.done(false);
                } finally {
                    free.release();
                }
            });
            return false;
        } catch (RuntimeException | Error e) {
            free.release();
            exchange.setException(new ResourceExhaustedException(
                    "The route was stopped, or no thread could be had, before the image was begun; it comes again.",
                    e));
            callback.done(true);
            return true;
        }
    }
}
