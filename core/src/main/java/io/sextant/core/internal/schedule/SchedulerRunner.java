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
    private volatile boolean hasEnded;

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

    /** Whether steps are still made, and the end of that has not been asked for. */
    boolean isRunning() {
        return !isClosing && !hasEnded;
    }

    private void run() {
        try {
            while (!isClosing || scheduler.hasWork()) {
                if (step() == 0 && !makeFaster()) {
                    work.acquireUninterruptibly();
                    work.drainPermits();
                }
            }
        } catch (Throwable e) {
            LOGGER.atError().setCause(e).log("the model's thread has ended, and nothing is answered; restart");
        } finally {
            hasEnded = true;
            scheduler.close();
        }
    }

    /** A step that fails beyond its own handling ends neither the thread nor the application. */
    private int step() {
        try {
            return scheduler.runOnce();
        } catch (RuntimeException | Error e) {
            attempt(() -> LOGGER.atError()
                    .setCause(e)
                    .log("a step of the model failed; requests that were running are given up"));
            attempt(() -> scheduler.giveUp(e));
            return 1;
        }
    }

    /** Steps are as they were where they cannot be made faster. */
    private boolean makeFaster() {
        try {
            return scheduler.makeFaster();
        } catch (RuntimeException | Error e) {
            attempt(() -> LOGGER.atWarn().setCause(e).log("the model's steps could not be made faster"));
            return false;
        }
    }

    /** What follows a failure may fail too, for want of memory above all; the next step tells whether there is more. */
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOGGER.atError()
                    .addKeyValue("error", e.getClass().getName())
                    .log("what follows a failure of the model failed too");
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
