package io.sextant.app.web;

import io.sextant.connectors.SourceStatistics;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.observe.MessageOutcome;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.RunningPipeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** A pipeline, and what it has done since the start. Thread-safe. */
final class WatchedPipeline implements PipelineListener {
    private final RunningPipeline pipeline;
    private final LongAdder answered = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();

    WatchedPipeline(RunningPipeline pipeline) {
        this.pipeline = pipeline;
    }

    RunningPipeline pipeline() {
        return pipeline;
    }

    @Override
    public void messageEnded(MessageOutcome outcome, int images, Duration took) {
        if (outcome == MessageOutcome.ANSWERED) {
            answered.add(images);
        }
    }

    @Override
    public void deadLetter(ErrorCategory category) {
        deadLetters.increment();
    }

    /** As a page shows it. */
    Map<String, Object> shown() {
        SourceStatistics source = pipeline.source();
        Optional<RunningPipeline.Retrying> retrying = pipeline.retrying();
        boolean isStarted = pipeline.isStarted();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", pipeline.name());
        shown.put("source", pipeline.sourceScheme());
        shown.put("isStarted", isStarted);
        shown.put("state", state(source, retrying, isStarted));
        shown.put("reason", reason(source, retrying, isStarted));
        shown.put("answered", answered.sum());
        shown.put("deadLetters", deadLetters.sum());
        shown.put("inFlight", pipeline.inFlight());
        shown.put("retrying", retrying.map(RunningPipeline.Retrying::messages).orElse(0));
        shown.put("lag", source.lag().isPresent() ? Long.toString(source.lag().getAsLong()) : "–");
        return shown;
    }

    private String state(SourceStatistics source, Optional<RunningPipeline.Retrying> retrying, boolean isStarted) {
        if (!isStarted) {
            return pipeline.inFlight() > 0 ? "pausing" : "paused";
        }
        if (source.problem() != null) {
            return "away";
        }
        return retrying.isPresent() ? "retrying" : "running";
    }

    private static String reason(
            SourceStatistics source, Optional<RunningPipeline.Retrying> retrying, boolean isStarted) {
        if (isStarted && source.problem() != null) {
            return source.problem();
        }
        return retrying.map(stuck -> "“" + stuck.oldest() + "”: " + stuck.reason())
                .orElse("");
    }
}
