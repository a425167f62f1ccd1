package io.sextant.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.observe.MessageOutcome;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.tasks.TaskOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times what one pipeline does. What has not happened yet is there with 0, so that a rate over it finds its first time; only
 * places that results go to and tasks appear when they are asked, since a message may name any. Meters are looked up once, since a
 * message passes some ten of them.
 */
final class PipelineMeterListener implements PipelineListener {
    private final MeterRegistry registry;
    private final String pipeline;
    private final Map<MessageOutcome, Timer> messages = new EnumMap<>(MessageOutcome.class);
    private final Map<MessageOutcome, Counter> images = new EnumMap<>(MessageOutcome.class);
    private final Map<ErrorCategory, Counter> deadLetters = new EnumMap<>(ErrorCategory.class);
    private final Counter retries;
    private final Attempts reads;
    private final Map<String, Attempts> publishing = new ConcurrentHashMap<>();
    private final TaskMeterListener tasks;

    /** @param source the scheme of where images come from */
    PipelineMeterListener(MeterRegistry registry, String pipeline, String source) {
        this.registry = registry;
        this.pipeline = pipeline;
        this.tasks = new TaskMeterListener(registry, pipeline);
        for (MessageOutcome outcome : MessageOutcome.values()) {
            String word = word(outcome);
            messages.put(outcome, timer(Meters.MESSAGES, "From a message's coming to its end", Meters.OUTCOME, word));
            images.put(
                    outcome, counter(Meters.IMAGES, "Images, by what became of their messages", Meters.OUTCOME, word));
        }
        for (ErrorCategory category : ErrorCategory.values()) {
            deadLetters.put(
                    category,
                    counter(Meters.DEAD_LETTERS, "Messages put to the dead letters", Meters.CATEGORY, word(category)));
        }
        this.retries = counter(Meters.RETRIES, "Attempts that failed and come again");
        this.reads = attempts(Meters.SOURCE_READ, "Fetching one image", source);
    }

    @Override
    public void messageEnded(MessageOutcome outcome, int images, Duration took) {
        of(messages, outcome).record(took);
        of(this.images, outcome).increment(images);
    }

    @Override
    public void deadLetter(ErrorCategory category) {
        of(deadLetters, category).increment();
    }

    @Override
    public void retry(Duration pause) {
        retries.increment();
    }

    @Override
    public void imageRead(boolean isRead, Duration took) {
        reads.record(isRead, took);
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
    public void cancelled(String task, Duration took) {
        tasks.cancelled(task, took);
    }

    @Override
    public void published(String place, boolean isPublished, Duration took) {
        publishing
                .computeIfAbsent(place, each -> attempts(Meters.SINK_PUBLISH, "Publishing one result", each))
                .record(isPublished, took);
    }

    private Attempts attempts(String name, String description, String place) {
        return new Attempts(
                timer(name, description, Meters.PLACE, place, Meters.OUTCOME, "success"),
                timer(name, description, Meters.PLACE, place, Meters.OUTCOME, "failure"));
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

    private static <K extends Enum<K>, V> V of(Map<K, V> meters, K key) {
        return Objects.requireNonNull(meters.get(key));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What succeeds or fails. */
    private record Attempts(Timer success, Timer failure) {
        void record(boolean isSuccess, Duration took) {
            (isSuccess ? success : failure).record(took);
        }
    }
}
