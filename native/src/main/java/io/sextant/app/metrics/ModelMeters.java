package io.sextant.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What the model counts itself, read whenever somebody asks. */
final class ModelMeters implements MeterBinder {
    private final VisionLanguageModel model;

    ModelMeters(VisionLanguageModel model) {
        this.model = model;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        ModelInfo info = model.info();
        Gauge.builder(Meters.MODEL, () -> 1)
                .description("The open model; always 1")
                .tags("name", info.name(), "device", info.device(), "precision", info.precision())
                .tag("fingerprint", info.fingerprint())
                .register(registry);
        gauge(registry, Meters.MODEL_RUNNING, "Requests being answered", ModelStatistics::running);
        gauge(registry, Meters.MODEL_WAITING, "Requests not begun", ModelStatistics::waiting);
        gauge(registry, Meters.MODEL_BLOCKS, "Blocks of keys and values there are", ModelStatistics::blocks);
        gauge(registry, Meters.MODEL_BLOCKS_FREE, "Blocks that hold nothing", ModelStatistics::freeBlocks);
        gauge(registry, Meters.MODEL_BLOCKS_SHARED, "Blocks held more than once", ModelStatistics::sharedBlocks);
        gauge(
                registry,
                Meters.MODEL_BEGINNINGS,
                "Prompt beginnings kept, such as images",
                ModelStatistics::keptBeginnings);
        String ended = "Requests that came to an end";
        counter(registry, Meters.MODEL_REQUESTS, ended, Meters.OUTCOME, "completed", ModelStatistics::completed);
        counter(registry, Meters.MODEL_REQUESTS, ended, Meters.OUTCOME, "refused", ModelStatistics::refused);
        counter(registry, Meters.MODEL_REQUESTS, ended, Meters.OUTCOME, "cancelled", ModelStatistics::cancelled);
        counter(registry, Meters.MODEL_REQUESTS, ended, Meters.OUTCOME, "late", ModelStatistics::late);
        counter(registry, Meters.MODEL_REQUESTS, ended, Meters.OUTCOME, "failed", ModelStatistics::failed);
        String gets = "Requests that looked for their beginning in the cache";
        counter(registry, Meters.MODEL_CACHE_GETS, gets, Meters.RESULT, "hit", ModelStatistics::beginningHits);
        counter(registry, Meters.MODEL_CACHE_GETS, gets, Meters.RESULT, "miss", ModelStatistics::beginningMisses);
        FunctionCounter.builder(
                        Meters.MODEL_CACHE_EVICTIONS,
                        model,
                        each -> each.statistics().evictions())
                .description("Beginnings that went to make room")
                .register(registry);
        String tokens = "Positions of prompts computed, and tokens of answers chosen";
        counter(registry, Meters.MODEL_TOKENS, tokens, Meters.KIND, "prompt", ModelStatistics::promptPositions);
        counter(registry, Meters.MODEL_TOKENS, tokens, Meters.KIND, "answer", ModelStatistics::answerTokens);
        timer(
                registry,
                Meters.MODEL_IMAGE_PASS,
                "Images put through the encoder",
                ModelStatistics::imagePasses,
                ModelStatistics::imageTime);
        timer(registry, Meters.MODEL_STEP, "Calls of the decoder", ModelStatistics::steps, ModelStatistics::stepTime);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<ModelStatistics> value) {
        Gauge.builder(name, model, each -> value.applyAsDouble(each.statistics()))
                .description(description)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry,
            String name,
            String description,
            String tag,
            String tagValue,
            ToDoubleFunction<ModelStatistics> value) {
        FunctionCounter.builder(name, model, each -> value.applyAsDouble(each.statistics()))
                .description(description)
                .tag(tag, tagValue)
                .register(registry);
    }

    private void timer(
            MeterRegistry registry,
            String name,
            String description,
            ToLongFunction<ModelStatistics> count,
            Function<ModelStatistics, Duration> total) {
        FunctionTimer.builder(
                        name,
                        model,
                        each -> count.applyAsLong(each.statistics()),
                        each -> total.apply(each.statistics()).toNanos(),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .register(registry);
    }
}
