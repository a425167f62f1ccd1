package io.sextant.core.internal.schedule;

import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the thread in which a {@link Scheduler} runs. Thread-safe. */
final class SchedulerRunner implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(SchedulerRunner.class);

    private final Scheduler scheduler;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isClosing;

    /** Starts the thread. */
    SchedulerRunner(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.thread = new Thread(this::run, "sextant-model");
        thread.setDaemon(true);
        thread.start();
    }

    /** There may be something to do. */
    void wake() {
        work.release();
    }

    private void run() {
        try {
            while (!isClosing || scheduler.hasWork()) {
                if (step() == 0 && !scheduler.makeFaster()) {
                    work.acquireUninterruptibly();
                    work.drainPermits();
                }
            }
        } finally {
            scheduler.close();
        }
    }

    /** A step that fails beyond its own handling ends neither the thread nor the application. */
    private int step() {
        try {
            return scheduler.runOnce();
        } catch (RuntimeException | Error e) {
            LOGGER.atError().setCause(e).log("a step of the model failed; requests that were running are given up");
            scheduler.giveUp(e);
            return 1;
        }
    }

    /** Waits until running answers are complete, and frees the model. May be called twice. */
    @Override
    public void close() {
        scheduler.refuseMore();
        isClosing = true;
        wake();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
