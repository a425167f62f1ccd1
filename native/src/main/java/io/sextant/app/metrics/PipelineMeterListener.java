package io.sextant.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.observe.MessageOutcome;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.tasks.TaskOutcome;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times what one pipeline does. What has not happened yet is there with 0, so that a rate over it finds its first time; only
 * tasks appear when they are asked, since a message may name any.
 */
final class PipelineMeterListener implements PipelineListener {
    private static final String SUCCESS = "success";
    private static final String FAILURE = "failure";

    private final MeterRegistry registry;
    private final String pipeline;
    private final String source;
    private final TaskMeterListener tasks;

    /** @param source the scheme of where images come from */
    PipelineMeterListener(MeterRegistry registry, String pipeline, String source) {
        this.registry = registry;
        this.pipeline = pipeline;
        this.source = source;
        this.tasks = new TaskMeterListener(registry, pipeline);
        for (MessageOutcome outcome : MessageOutcome.values()) {
            messages(outcome);
            images(outcome);
        }
        for (ErrorCategory category : ErrorCategory.values()) {
            deadLetters(category);
        }
        retries();
        timer(Meters.SOURCE_READ, "Fetching one image", Meters.PLACE, source, Meters.OUTCOME, SUCCESS);
        timer(Meters.SOURCE_READ, "Fetching one image", Meters.PLACE, source, Meters.OUTCOME, FAILURE);
    }

    @Override
    public void messageEnded(MessageOutcome outcome, int images, Duration took) {
        messages(outcome).record(took);
        images(outcome).increment(images);
    }

    @Override
    public void deadLetter(ErrorCategory category) {
        deadLetters(category).increment();
    }

    @Override
    public void retry(Duration pause) {
        retries().increment();
    }

    @Override
    public void imageRead(boolean isRead, Duration took) {
        timer(
                        Meters.SOURCE_READ,
                        "Fetching one image",
                        Meters.PLACE,
                        source,
                        Meters.OUTCOME,
                        isRead ? SUCCESS : FAILURE)
                .record(took);
    }

    @Override
    public void answered(TaskOutcome outcome, Duration took) {
        tasks.answered(outcome, took);
    }

    @Override
    public void failed(String task, ErrorCategory category, Duration took) {
        tasks.failed(task, category, took);
    }

    @Override
    public void published(String place, boolean isPublished, Duration took) {
        timer(
                        Meters.SINK_PUBLISH,
                        "Publishing one result",
                        Meters.PLACE,
                        place,
                        Meters.OUTCOME,
                        isPublished ? SUCCESS : FAILURE)
                .record(took);
    }

    private Timer messages(MessageOutcome outcome) {
        return timer(Meters.MESSAGES, "From a message's coming to its end", Meters.OUTCOME, word(outcome));
    }

    private Counter images(MessageOutcome outcome) {
        return counter(Meters.IMAGES, "Images, by what became of their messages", Meters.OUTCOME, word(outcome));
    }

    private Counter deadLetters(ErrorCategory category) {
        return counter(Meters.DEAD_LETTERS, "Messages put to the dead letters", Meters.CATEGORY, word(category));
    }

    private Counter retries() {
        return counter(Meters.RETRIES, "Attempts that failed and come again");
    }

    private Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tag(Meters.PIPELINE, pipeline)
                .tags(tags)
                .register(registry);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name)
                .description(description)
                .tag(Meters.PIPELINE, pipeline)
                .tags(tags)
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
