package io.sextant.core;

import java.util.List;

/**
 * One loaded model, shared by every task, route and thread of the application.
 *
 * <p>The weights are immutable; what changes per request lives in the request's own state. The same request gets the same
 * tokens whoever else is asking, on one build, precision and instruction set. Thread-safe: callers wait for their turn.
 */
public interface VisionLanguageModel extends AutoCloseable {

    /** What is loaded, and how. */
    ModelInfo info();

    /**
     * Answers the open turn of a request.
     *
     * @throws io.sextant.core.error.InvalidRequestException if the request does not fit this model, for instance its context
     * @throws io.sextant.core.error.ResourceExhaustedException if memory ran out, or the model has been closed
     */
    GenerationResult generate(GenerationRequest request);

    /**
     * Answers several requests together; each gets the tokens it would get alone. Results are in the order of the requests.
     *
     * @param requests that share their {@link GenerationSettings}
     * @throws io.sextant.core.error.InvalidRequestException if any request does not fit; then none is answered
     */
    List<GenerationResult> generateAll(List<GenerationRequest> requests);

    /** Frees the weights after running requests have ended. May be called twice. */
    @Override
    void close();
}
