package io.sextant.tasks;

import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.SextantException;
import io.sextant.tasks.spi.VisionTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a task's code while requests are answered: what fails is a defect of its author, and what has a deadline ends with it, whatever the
 * code does.
 */
final class TaskCode {
    /*
     * A call with a deadline runs on a thread of its own, since code that hangs can be left but not ended. It is interrupted at the
     * deadline. If it ends then, the request was late as any other; if it does not, it would hang at every further attempt, so the request
     * fails for good. An answer that came just in time is still read: a call has at least a second.
     */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sextant-task-code");
        thread.setDaemon(true);
        return thread;
    });

    private TaskCode() {}

    /**
     * @param what it is to do, for messages: "write its prompt"
     * @param method the method's name, for messages
     * @param deadline or null if it may take its time
     * @throws SextantException of the task's own
     * @throws TaskDefectException if it failed otherwise, returned null or hangs
     * @throws DeadlineExceededException if it came to its end too late
     */
    static <T> T call(
            VisionTask task,
            String what,
            String method,
            @Nullable Instant deadline,
            Supplier<? extends @Nullable T> code) {
        try {
            T value = deadline == null || isOurs(task) ? code.get() : callUntil(task, what, deadline, code);
            return Objects.requireNonNull(value, method + " returned null");
        } catch (SextantException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw defect(task, what, e);
        }
    }

    /** Tasks that come with Sextant are known not to hang, and are spared the other thread. */
    private static boolean isOurs(VisionTask task) {
        String type = task.getClass().getName();
        return type.startsWith("io.sextant.tasks.builtin.") || type.startsWith("io.sextant.tasks.declared.");
    }

    private static <T> @Nullable T callUntil(
            VisionTask task, String what, Instant deadline, Supplier<? extends @Nullable T> code) {
        CountDownLatch ended = new CountDownLatch(1);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Future<T> running = THREADS.submit(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            try {
                return code.get();
            } finally {
                ended.countDown();
            }
        });
        Duration left = Duration.between(Instant.now(), deadline);
        try {
            return running.get(Math.max(LEAST.toMillis(), left.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw late(task, what, ended, e);
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new DeadlineExceededException(name(task) + " was given up while it was to " + what + ".");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static SextantException late(VisionTask task, String what, CountDownLatch ended, TimeoutException cause) {
        boolean hasEnded;
        try {
            hasEnded = ended.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            hasEnded = false;
        }
        return hasEnded
                ? new DeadlineExceededException(name(task) + " did not " + what
                        + " by the request's deadline; if it is often late, report it to the task's author.")
                : new TaskDefectException(
                        name(task) + " hangs: it did not " + what
                                + " by the request's deadline and cannot be stopped; report it to the task's author.",
                        cause);
    }

    static TaskDefectException defect(VisionTask task, String what, Throwable cause) {
        return new TaskDefectException(
                name(task) + " failed to " + what
                        + (cause instanceof LinkageError mismatch
                                ? ": " + TaskRegistries.linkage(mismatch) + "."
                                : "; report it to the task's author."),
                cause);
    }

    private static String name(VisionTask task) {
        return "The task \"" + task.descriptor().name() + "\" ("
                + task.getClass().getName() + ")";
    }
}
