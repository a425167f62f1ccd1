package io.sextant.training.run;

import io.sextant.core.error.ConfigurationException;
import io.sextant.training.objective.Objective;
import io.sextant.training.objective.PreparedBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches ahead of time, in threads of its own, and hands them out in order. The training thread alone calls {@link #next}.
 */
final class Prefetcher implements AutoCloseable {
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    private static final int AHEAD = THREADS + 2;

    private final Objective objective;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "batches");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Future<PreparedBatch>> waiting = new ArrayDeque<>();
    private long next;

    /** @param first number of the first batch */
    Prefetcher(Objective objective, long first) {
        this.objective = objective;
        this.next = first;
    }

    /**
     * The next batch; waits for it where it is not ready.
     *
     * @throws ConfigurationException if the memory for it is short
     */
    PreparedBatch next() {
        while (waiting.size() <= AHEAD) {
            long number = next++;
            waiting.add(executor.submit(() -> objective.prepare(number)));
        }
        try {
            return waiting.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof OutOfMemoryError shortage) {
                throw new ConfigurationException(
                        "A batch could not be made, since memory is short (" + shortage.getMessage()
                                + "); give it more (SEXTANT_JAVA_OPTIONS=-Xmx9g), or keep fewer images: a smaller scenes.pool, in a"
                                + " stage of another name.",
                        shortage);
            }
            throw new IllegalStateException("a batch could not be made", e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
