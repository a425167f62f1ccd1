package io.sextant.routes;

import io.sextant.connectors.UriOptions;
import io.sextant.routes.config.PipelineSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what a pipeline does: a line for each image, and a count now and then. Thread-safe. */
final class ProgressLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProgressLog.class);

    private final PipelineSettings pipeline;
    private final boolean isEachImageTold;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong postponed = new AtomicLong();
    private final AtomicLong millis = new AtomicLong();

    /** @param isEachImageTold whether each image that was asked about gets a line */
    ProgressLog(PipelineSettings pipeline, boolean isEachImageTold) {
        this.pipeline = pipeline;
        this.isEachImageTold = isEachImageTold;
    }

    /**
     * An image was asked about, and what was found is published.
     *
     * @param name as the source names the image
     * @param steps that were asked
     */
    void answered(String name, List<String> steps, Duration took) {
        answered.incrementAndGet();
        millis.addAndGet(took.toMillis());
        if (isEachImageTold) {
            LOGGER.atInfo()
                    .addKeyValue("pipeline", pipeline.name())
                    .addKeyValue("imageKey", name)
                    .addKeyValue("steps", steps)
                    .addKeyValue("durationMs", took.toMillis())
                    .addKeyValue("to", places())
                    .log("image answered");
        }
    }

    /** An image went to the dead letters. */
    void rejected() {
        rejected.incrementAndGet();
    }

    /** An image comes again after a pause. */
    void postponed() {
        postponed.incrementAndGet();
    }

    /** Tells what was done since the last time; nothing where nothing was. */
    void summarise() {
        long done = answered.getAndSet(0);
        long bad = rejected.getAndSet(0);
        long again = postponed.getAndSet(0);
        long time = millis.getAndSet(0);
        if (done + bad + again > 0) {
            LOGGER.atInfo()
                    .addKeyValue("pipeline", pipeline.name())
                    .addKeyValue("answered", done)
                    .addKeyValue("rejected", bad)
                    .addKeyValue("postponed", again)
                    .addKeyValue("meanDurationMs", done == 0 ? 0 : time / done)
                    .log("images since the last summary");
        }
    }

    /** Without options, which may be secrets. */
    private List<String> places() {
        return pipeline.to().stream().map(UriOptions::without).toList();
    }
}
