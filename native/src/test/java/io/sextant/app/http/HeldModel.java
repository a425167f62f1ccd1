package io.sextant.app.http;

import io.sextant.app.toolkit.ModelOpener;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.prompt.PromptSegment;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A model that does what the words of a question say: is too busy, breaks, holds the answer back, or answers. */
@Alternative
@Singleton
public final class HeldModel implements ModelOpener, VisionLanguageModel {
    static final String BUSY = "be busy";
    static final String BREAK = "break";
    static final String HOLD = "hold";
    static final String SAY_AND_BREAK = "say and break";
    static final String RUN_OUT = "run out";
    private static final String BEGINNING = "a ";
    private static final String END = "boat";

    private final BlockingQueue<CompletableFuture<GenerationResult>> held = new LinkedBlockingQueue<>();

    /** Answers that are held back. */
    BlockingQueue<CompletableFuture<GenerationResult>> held() {
        return held;
    }

    static GenerationResult answer() {
        return GenerationResult.builder("a boat").promptTokens(100).build();
    }

    @Override
    public VisionLanguageModel open(ModelSettings settings, Consumer<String> progress) {
        return this;
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("held", "f".repeat(64), 448, 256, 4096, "cpu", "float32");
    }

    @Override
    public CompletionStage<GenerationResult> submit(GenerationRequest request) {
        for (PromptSegment segment : request.turns().get(0).question()) {
            if (segment instanceof PromptSegment.UserText words) {
                switch (words.text()) {
                    case BUSY:
                        return CompletableFuture.failedFuture(new ModelBusyException("1000 wait; ask again later."));
                    case BREAK:
                        return CompletableFuture.failedFuture(new IllegalStateException("secret inside"));
                    case RUN_OUT:
                        throw new OutOfMemoryError("secret inside");
                    case HOLD:
                        CompletableFuture<GenerationResult> answer = new CompletableFuture<>();
                        say(request, BEGINNING);
                        held.add(answer);
                        return answer;
                    case SAY_AND_BREAK:
                        say(request, BEGINNING);
                        return CompletableFuture.failedFuture(new IllegalStateException("secret inside"));
                    default:
                        break;
                }
            }
        }
        say(request, BEGINNING);
        say(request, END);
        return CompletableFuture.completedFuture(answer());
    }

    private static void say(GenerationRequest request, String piece) {
        if (request.listener() != null) {
            request.listener().onText(piece);
        }
    }

    @Override
    public void close() {}
}
