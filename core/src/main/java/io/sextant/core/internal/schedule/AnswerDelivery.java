package io.sextant.core.internal.schedule;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.RefinedSpan;
import io.sextant.core.TextListener;
import io.sextant.core.Timings;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.grammar.BoxRefinement;
import io.sextant.core.internal.grammar.ChoiceProbabilities;
import io.sextant.core.internal.prompt.AnswerText;
import io.sextant.core.internal.sequence.Generation;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one answer to its caller: pieces of text while it is written, and the result. All of it runs on the executor, in order, so that
 * callers never hold up the model. Methods are called by the model's thread.
 */
final class AnswerDelivery {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnswerDelivery.class);
    private static final char INCOMPLETE = '\uFFFD';

    private final Submission submission;
    private final LlamaTokenizer tokenizer;
    private final Executor executor;
    private CompletableFuture<Void> line = CompletableFuture.completedFuture(null);

    // Written and read by tasks of the line alone.
    private String told = "";

    AnswerDelivery(Submission submission, LlamaTokenizer tokenizer, Executor executor) {
        this.submission = submission;
        this.tokenizer = tokenizer;
        this.executor = executor;
    }

    /** Whether somebody wants to hear the answer while it is written. */
    boolean hasListener() {
        return submission.request().listener() != null;
    }

    /** More of the answer has been written. */
    void progress(int[] ids) {
        TextListener listener = submission.request().listener();
        if (listener != null) {
            line = line.thenRunAsync(() -> tell(listener, ids, false), executor);
        }
    }

    /** The answer is complete. */
    void complete(Generation generation, Timings timings) {
        TextListener listener = submission.request().listener();
        if (listener != null) {
            line = line.thenRunAsync(() -> tell(listener, generation.ids(), true), executor);
        }
        line = line.thenRunAsync(
                () -> {
                    try {
                        submission.answer().complete(result(generation, timings));
                    } catch (RuntimeException e) {
                        submission
                                .answer()
                                .completeExceptionally(
                                        new ModelDefectException("The answer could not be written out: " + e, e));
                    }
                },
                executor);
    }

    /** There will be no answer. */
    void fail(Throwable failure) {
        line = line.thenRunAsync(() -> submission.answer().completeExceptionally(failure), executor);
    }

    private GenerationResult result(Generation generation, Timings timings) {
        AnswerText text = AnswerText.of(tokenizer, generation.ids(), generation.probabilities());
        return GenerationResult.builder(text.text())
                .tokens(text.tokens())
                .finishReason(generation.finishReason())
                .promptTokens(submission.prompt().length())
                .droppedTurns(submission.prompt().droppedTurns())
                .timings(timings)
                .refinedBoxes(refinedBoxes(text, generation))
                .choices(choices(generation))
                .build();
    }

    private List<RefinedSpan> refinedBoxes(AnswerText text, Generation generation) {
        return submission.request().settings().hasRefinedBoxes()
                ? new BoxRefinement(tokenizer).of(text.text(), text.tokens(), generation.left())
                : List.of();
    }

    private Map<String, Double> choices(Generation generation) {
        GenerationRequest request = submission.request();
        return request.settings().isConstrained() && request.grammar() instanceof AnswerGrammar.OneOf set
                ? ChoiceProbabilities.of(tokenizer, set.texts(), generation.ids(), generation.left())
                : Map.of();
    }

    private void tell(TextListener listener, int[] ids, boolean isComplete) {
        double[] unknown = new double[ids.length];
        Arrays.fill(unknown, 1);
        String text = AnswerText.of(tokenizer, ids, unknown).text();
        boolean isWhole = isComplete || text.isEmpty() || text.charAt(text.length() - 1) != INCOMPLETE;
        if (!isWhole || !text.startsWith(told) || text.length() == told.length()) {
            return;
        }
        String piece = text.substring(told.length());
        told = text;
        try {
            listener.onText(piece);
        } catch (RuntimeException e) {
            LOGGER.atWarn().addKeyValue("error", e).log("a listener of an answer failed; the answer goes on");
        }
    }
}
