package io.sextant.core.internal.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** How many of the processor's threads products are computed in: one number for the whole process, which its first model decides. */
public final class ComputeThreads {
    private ComputeThreads() {}

    /** What libtorch takes by itself: a thread for each of the processors it may use, or what {@code OMP_NUM_THREADS} says. */
    public static int ofLibrary() {
        return Torch.threads().own();
    }

    /** libtorch's version, for instance {@code 2.7.1}. */
    public static String libraryVersion() {
        return Torch.version();
    }

    /** Whether a model of this process has decided already. */
    public static boolean areDecided() {
        return Torch.threads().isClaimed();
    }

    /**
     * Decides for the process, unless that is done.
     *
     * @param wanted at least 1
     * @return what is computed in from now on: {@code wanted}, or what was decided before
     */
    public static int decide(int wanted) {
        return Torch.threads().claim(wanted);
    }

    /**
     * Computes on a thread that ends with it, and waits for that. For what comes before the steps of a model and is computed in several of libtorch's threads.
     *
     * <p>OpenMP keeps helpers for each thread that had some, as long as that lives. Where it counts more threads than processors, helpers
     * no longer stay awake from one product to the next, which in steps of a large model was a quarter of the time.
     *
     * @throws RuntimeException what the work throws, as it is
     */
    public static <T> T computeApart(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, ComputeThreads::inThread).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "sextant-apart");
        thread.setDaemon(true);
        thread.start();
    }
}
