package io.sextant.core;

import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.SextantException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One loaded model, shared by every task, route and thread of the application.
 *
 * <p>The weights are immutable; what changes per request lives in the request's own state. Requests with different images, lengths
 * and settings are answered side by side, and the same request gets the same tokens whoever else is asking, on one build, precision and
 * instruction set. Thread-safe.
 */
public interface VisionLanguageModel extends AutoCloseable {

    /** What is loaded, and how. */
    ModelInfo info();

    /**
     * Hands a request over and returns at once. The caller's thread writes the prompt and resizes the images; the answer is computed
     * beside those of other callers.
     *
     * <p>The stage fails with an {@link io.sextant.core.error.InvalidRequestException} if the request does not fit this model, for
     * instance its context; with a {@link io.sextant.core.error.ModelBusyException} if too many are waiting; with a
     * {@link io.sextant.core.error.DeadlineExceededException} if it was not answered by its deadline; with a
     * {@link io.sextant.core.error.ResourceExhaustedException} if memory ran out, if the cache is too small for it, or if the model has been
     * closed. It is completed by a thread that is not the model's. Cancelling its future ends the request, also in the middle.
     */
    CompletionStage<GenerationResult> submit(GenerationRequest request);

    /**
     * Answers a request, and waits for it.
     *
     * @throws SextantException as {@link #submit} fails
     */
    default GenerationResult generate(GenerationRequest request) {
        return generateAll(List.of(request)).get(0);
    }

    /**
     * Answers several requests side by side, and waits for all. Results are in the order of the requests.
     *
     * @throws SextantException as {@link #submit} fails for the first of them that fails; the others are given up
     */
    default List<GenerationResult> generateAll(List<GenerationRequest> requests) {
        List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        try {
            for (GenerationRequest request : requests) {
                CompletableFuture<GenerationResult> answer = submit(request).toCompletableFuture();
                answers.add(answer);
                if (answer.isCompletedExceptionally()) {
                    break;
                }
            }
            List<GenerationResult> results = new ArrayList<>();
            for (CompletableFuture<GenerationResult> answer : answers) {
                results.add(answer.join());
            }
            return results;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new ModelDefectException("The model failed: " + e.getCause(), e);
        } catch (CancellationException e) {
            throw new ModelDefectException("An answer was given up by somebody else", e);
        } finally {
            answers.forEach(answer -> answer.cancel(false));
        }
    }

    /** What the model is doing and has done; {@link ModelStatistics#NONE} if it does not count. */
    default ModelStatistics statistics() {
        return ModelStatistics.NONE;
    }

    /**
     * Whether requests are answered: not any more once it is being closed, nor after a failure that ended what computes, for which the
     * model has to be loaded again. Every request is refused from then on.
     */
    default boolean isOpen() {
        return true;
    }

    /** Frees the weights after running requests have ended; those that wait are refused. May be called twice. */
    @Override
    void close();
}
