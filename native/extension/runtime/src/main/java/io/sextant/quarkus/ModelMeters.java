package io.sextant.quarkus;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a model counts itself, read whenever somebody asks. Names are as Micrometer writes them; Prometheus has underscores for dots, the
 * unit behind, and {@code _total} behind counters. docs/operations.md explains each.
 */
public final class ModelMeters implements MeterBinder {
    private static final String MODEL = "sextant.model";
    private static final String RUNNING = "sextant.model.requests.running";
    private static final String WAITING = "sextant.model.requests.waiting";
    private static final String REQUESTS = "sextant.model.requests.ended";
    private static final String BLOCKS = "sextant.model.cache.blocks";
    private static final String BLOCKS_FREE = "sextant.model.cache.blocks.free";
    private static final String BLOCKS_SHARED = "sextant.model.cache.blocks.shared";
    private static final String BEGINNINGS = "sextant.model.cache.beginnings";
    private static final String CACHE_GETS = "sextant.model.cache.gets";
    private static final String CACHE_EVICTIONS = "sextant.model.cache.evictions";
    private static final String TOKENS = "sextant.model.tokens";
    private static final String IMAGE_PASS = "sextant.model.image.pass";
    private static final String STEP = "sextant.model.step";

    private final VisionLanguageModel model;
    private final Tags tags;
    private final List<Meter> bound = new ArrayList<>();
    private @Nullable Meter named;

    /** Those of the one model of an application. */
    public ModelMeters(VisionLanguageModel model) {
        this(model, Tags.empty());
    }

    /**
     * Those of one of several models.
     *
     * @param tags what tells it from the others
     */
    public ModelMeters(VisionLanguageModel model, Tags tags) {
        this.model = Objects.requireNonNull(model, "model");
        this.tags = Objects.requireNonNull(tags, "tags");
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        name(registry);
        gauge(registry, RUNNING, "Requests being answered", ModelStatistics::running);
        gauge(registry, WAITING, "Requests not begun", ModelStatistics::waiting);
        gauge(registry, BLOCKS, "Blocks of keys and values there are", ModelStatistics::blocks);
        gauge(registry, BLOCKS_FREE, "Blocks that hold nothing", ModelStatistics::freeBlocks);
        gauge(registry, BLOCKS_SHARED, "Blocks held more than once", ModelStatistics::sharedBlocks);
        gauge(registry, BEGINNINGS, "Prompt beginnings kept, such as images", ModelStatistics::keptBeginnings);
        String ended = "Requests that came to an end";
        counter(registry, REQUESTS, ended, "outcome", "completed", ModelStatistics::completed);
        counter(registry, REQUESTS, ended, "outcome", "refused", ModelStatistics::refused);
        counter(registry, REQUESTS, ended, "outcome", "cancelled", ModelStatistics::cancelled);
        counter(registry, REQUESTS, ended, "outcome", "late", ModelStatistics::late);
        counter(registry, REQUESTS, ended, "outcome", "failed", ModelStatistics::failed);
        String gets = "Requests that looked for their beginning in the cache";
        counter(registry, CACHE_GETS, gets, "result", "hit", ModelStatistics::beginningHits);
        counter(registry, CACHE_GETS, gets, "result", "miss", ModelStatistics::beginningMisses);
        bound.add(FunctionCounter.builder(
                        CACHE_EVICTIONS, model, each -> each.statistics().evictions())
                .description("Beginnings that went to make room")
                .tags(tags)
                .register(registry));
        String tokens = "Positions of prompts computed, and tokens of answers chosen";
        counter(registry, TOKENS, tokens, "kind", "prompt", ModelStatistics::promptPositions);
        counter(registry, TOKENS, tokens, "kind", "answer", ModelStatistics::answerTokens);
        timer(
                registry,
                IMAGE_PASS,
                "Images put through the encoder",
                ModelStatistics::imagePasses,
                ModelStatistics::imageTime);
        timer(registry, STEP, "Calls of the decoder", ModelStatistics::steps, ModelStatistics::stepTime);
    }

    /** Says anew which model it is, for one that stands for others in turn; the rest goes on counting. Called after {@link #bindTo}. */
    public synchronized void renameIn(MeterRegistry registry) {
        if (named != null) {
            registry.remove(named);
        }
        name(registry);
    }

    /** Takes all of them out again, for a model that is closed. */
    public synchronized void removeFrom(MeterRegistry registry) {
        bound.forEach(registry::remove);
        bound.clear();
        if (named != null) {
            registry.remove(named);
            named = null;
        }
    }

    private synchronized void name(MeterRegistry registry) {
        ModelInfo info = model.info();
        named = Gauge.builder(MODEL, () -> 1)
                .description("The open model; always 1")
                .tags(tags)
                .tags("name", info.name(), "device", info.device(), "precision", info.precision())
                .tag("fingerprint", info.fingerprint())
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<ModelStatistics> value) {
        bound.add(Gauge.builder(name, model, each -> value.applyAsDouble(each.statistics()))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String description,
            String tag,
            String tagValue,
            ToDoubleFunction<ModelStatistics> value) {
        bound.add(FunctionCounter.builder(name, model, each -> value.applyAsDouble(each.statistics()))
                .description(description)
                .tags(tags)
                .tag(tag, tagValue)
                .register(registry));
    }

    private void timer(
            MeterRegistry registry,
            String name,
            String description,
            ToLongFunction<ModelStatistics> count,
            Function<ModelStatistics, Duration> total) {
        bound.add(FunctionTimer.builder(
                        name,
                        model,
                        each -> count.applyAsLong(each.statistics()),
                        each -> total.apply(each.statistics()).toNanos(),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .tags(tags)
                .register(registry));
    }
}
