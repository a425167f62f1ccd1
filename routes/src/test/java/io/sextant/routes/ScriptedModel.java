package io.sextant.routes;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.Timings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A model that answers what a test says. Its timings differ from call to call, as a real one's. */
final class ScriptedModel implements VisionLanguageModel {
    private final Function<GenerationRequest, String> script;
    private final AtomicLong calls = new AtomicLong();
    private final List<String> askedImages = new CopyOnWriteArrayList<>();

    ScriptedModel(Function<GenerationRequest, String> script) {
        this.script = script;
    }

    /** Answers with the size and digest of the image and the words of the question. */
    static ScriptedModel describing() {
        return new ScriptedModel(ScriptedModel::describe);
    }

    static String describe(GenerationRequest request) {
        RgbImage image = request.images().get(0);
        return "an image of " + image.width() + "x" + image.height() + ", "
                + image.digest().substring(0, 8) + " " + words(request);
    }

    /** What the user asked. */
    static String words(GenerationRequest request) {
        StringBuilder words = new StringBuilder();
        for (PromptSegment segment :
                request.turns().get(request.turns().size() - 1).question()) {
            if (segment instanceof PromptSegment.UserText text) {
                words.append(text.text());
            }
        }
        return words.toString();
    }

    /** The names of the images asked about, one for each question. */
    List<String> askedImages() {
        return List.copyOf(askedImages);
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("scripted", "f".repeat(64), 448, 256, 4096, "cpu", "float32");
    }

    @Override
    public CompletionStage<GenerationResult> submit(GenerationRequest request) {
        try {
            return CompletableFuture.completedFuture(answer(request));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private GenerationResult answer(GenerationRequest request) {
        askedImages.add(request.images().get(0).name());
        Duration time = Duration.ofMillis(calls.incrementAndGet());
        return GenerationResult.builder(script.apply(request))
                .promptTokens(300)
                .timings(new Timings(time, time, time))
                .build();
    }

    @Override
    public void close() {}
}
