package io.sextant.core.internal.weights;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Long pieces of work on files, several at a time and begun in order. */
public final class InParallel {
    private InParallel() {}

    /** A piece of work. */
    @FunctionalInterface
    public interface Work {
        /** Does it, on some thread. */
        void run() throws IOException;
    }

    /**
     * Does all of it, and returns when all threads are done. After a failure what is not begun is left.
     *
     * @param work taken one after another
     * @param threads that take, at least 1
     * @throws IOException the first failure, if it is one; others come as they are
     */
    public static void run(List<Work> work, int threads) throws IOException {
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Void>> takers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            takers.add(CompletableFuture.runAsync(() -> take(work, next), InParallel::inThread));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(takers.toArray(new CompletableFuture<?>[0]));
        try {
            all.join();
        } catch (CompletionException e) {
            rethrow(e.getCause() == null ? e : e.getCause());
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "sextant-weights");
        thread.setDaemon(true);
        thread.start();
    }

    private static void take(List<Work> work, AtomicInteger next) {
        for (int at = next.getAndIncrement(); at < work.size(); at = next.getAndIncrement()) {
            try {
                work.get(at).run();
            } catch (IOException e) {
                next.set(work.size());
                throw new CompletionException(e);
            } catch (RuntimeException | Error e) {
                next.set(work.size());
                throw e;
            }
        }
    }

    private static void rethrow(Throwable cause) throws IOException {
        if (cause instanceof IOException failure) {
            throw failure;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error failure) {
            throw failure;
        }
        throw new IllegalStateException(cause);
    }
}
