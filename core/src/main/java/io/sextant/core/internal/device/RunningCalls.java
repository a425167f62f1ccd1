package io.sextant.core.internal.device;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The calls of libtorch that are under way. Its libraries free what they compute with when the process ends, whoever is still in them: a process that a
 * signal ends in the middle of a product then crashes. So its end can be made to wait for them.
 */
final class RunningCalls {
    /** Those of this process. */
    static final RunningCalls HERE = new RunningCalls();

    /** A step of a large model and a long prompt takes seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A call reads; the end of the process writes, and never stops. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final AtomicBoolean isAwaited = new AtomicBoolean();

    /** Makes one call. Once the process ends, none begins: the caller waits for the end. */
    <T> T make(Supplier<T> call) {
        lock.readLock().lock();
        try {
            return call.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Lets the end of the process wait for calls, for a minute at most. May be asked for twice. */
    void awaitAtExit() {
        if (!isAwaited.getAndSet(true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(PATIENCE), "sextant-exit"));
        }
    }

    /** Waits for the calls under way and lets no other begin; false if one takes longer. */
    boolean end(Duration patience) {
        try {
            return lock.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
