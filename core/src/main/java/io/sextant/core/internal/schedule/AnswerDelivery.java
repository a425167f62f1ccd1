package io.sextant.core.internal.schedule;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.RefinedSpan;
import io.sextant.core.TextListener;
import io.sextant.core.Timings;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.error.SextantException;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one answer to its caller: pieces of text while it is written, and the result. All of it runs on the executor, in order, so that
 * callers never hold up the model; only where no thread can be had the model's tells that. The caller's future is completed whatever is
 * thrown on the way. Methods are called by the model's thread.
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
            next(() -> tell(listener, ids, false));
        }
    }

    /** The answer is complete. */
    void complete(Generation generation, Timings timings) {
        TextListener listener = submission.request().listener();
        if (listener != null) {
            next(() -> tell(listener, generation.ids(), true));
        }
        next(() -> submission.answer().complete(result(generation, timings)));
        line.whenComplete((nothing, failure) -> {
            if (failure != null) {
                submission.answer().completeExceptionally(typed(failure));
            }
        });
    }

    /** There will be no answer. */
    void fail(Throwable failure) {
        next(() -> submission.answer().completeExceptionally(failure));
        line.whenComplete((nothing, refusal) -> submission.answer().completeExceptionally(failure));
    }

    /** Whatever became of what comes before, even where no thread could be had for it. */
    private void next(Runnable work) {
        line = line.handleAsync(
                (nothing, earlier) -> {
                    work.run();
                    return null;
                },
                executor);
    }

    private static SextantException typed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof OutOfMemoryError
                ? new ResourceExhaustedException(
                        "The Java heap is too small to write out the answer; raise -Xmx or send smaller requests.",
                        cause)
                : new ModelDefectException("The answer could not be written out: " + cause, cause);
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

    /** What fails here is no reason to do without the answer. */
    private void tell(TextListener listener, int[] ids, boolean isComplete) {
        try {
            String piece = newText(ids, isComplete);
            if (!piece.isEmpty()) {
                listener.onText(piece);
            }
        } catch (Throwable e) { // listeners are anybody's, and some languages throw what they like
            LOGGER.atWarn().addKeyValue("error", e).log("a listener of an answer failed; the answer goes on");
        }
    }

    /** What is there beyond what was told; empty if that is nothing yet. */
    private String newText(int[] ids, boolean isComplete) {
        double[] unknown = new double[ids.length];
        Arrays.fill(unknown, 1);
        String text = AnswerText.of(tokenizer, ids, unknown).text();
        boolean isWhole = isComplete || text.isEmpty() || text.charAt(text.length() - 1) != INCOMPLETE;
        if (!isWhole || !text.startsWith(told)) {
            return "";
        }
        String piece = text.substring(told.length());
        told = text;
        return piece;
    }
}
