package io.sextant.tasks.testkit;

import io.sextant.core.GeneratedToken;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.Timings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A model that answers what a test tells it to, at once, and remembers what it was asked. Each character of an answer is
 * one token of probability {@value #PROBABILITY}. Thread-safe if the given function is.
 *
 * @since 0.1
 */
public final class FakeVisionLanguageModel implements VisionLanguageModel {
    /** What every confidence will be. */
    public static final double PROBABILITY = 0.9;

    private final Function<GenerationRequest, String> answers;
    private final List<GenerationRequest> requests = Collections.synchronizedList(new ArrayList<>());

    /** @param answers the text to answer each request with; may throw what a model throws */
    public FakeVisionLanguageModel(Function<GenerationRequest, String> answers) {
        this.answers = answers;
    }

    /** A model that always answers the same. */
    public static FakeVisionLanguageModel answering(String text) {
        return new FakeVisionLanguageModel(request -> text);
    }

    /** What the model was asked, oldest first. */
    public List<GenerationRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Forgets what it was asked, for a test that asks more than memory holds. */
    public void forget() {
        requests.clear();
    }

    /** The open question of the last request, written out. */
    public String lastQuestion() {
        List<GenerationRequest> asked = requests();
        List<Turn> turns = asked.get(asked.size() - 1).turns();
        return write(turns.get(turns.size() - 1).question());
    }

    /** A question as the model would read it, without what stands around every question. */
    public static String write(List<PromptSegment> question) {
        StringBuilder text = new StringBuilder();
        for (PromptSegment segment : question) {
            if (segment instanceof PromptSegment.TaskIdentifier identifier) {
                text.append('[').append(identifier.name()).append("] ");
            } else if (segment instanceof PromptSegment.Literal literal) {
                text.append(literal.text());
            } else if (segment instanceof PromptSegment.UserText user) {
                text.append(user.text());
            } else if (segment instanceof PromptSegment.Box box) {
                text.append(box.box().toText());
            }
        }
        return text.toString();
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("fake", "f".repeat(64), 448, 256, 4096, "cpu", "float32");
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
        requests.add(request);
        String text = answers.apply(request);
        List<GeneratedToken> tokens = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            tokens.add(new GeneratedToken(100 + i, i, i + 1, PROBABILITY));
        }
        Timings timings = new Timings(Duration.ofMillis(3), Duration.ofMillis(2), Duration.ofMillis(1));
        return GenerationResult.builder(text)
                .tokens(tokens)
                .promptTokens(300)
                .timings(timings)
                .build();
    }

    @Override
    public void close() {}
}
