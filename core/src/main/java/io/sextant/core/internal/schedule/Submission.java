package io.sextant.core.internal.schedule;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.internal.grammar.CompiledGrammar;
import io.sextant.core.internal.prompt.FittedPrompt;
import io.sextant.core.internal.sequence.AnswerSearch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request that can be answered, with everything its caller's thread could prepare. Its future may be cancelled by anybody at any time.
 *
 * @param request what is asked
 * @param prompt how it is written
 * @param pieces how it is computed
 * @param resized its images as the encoder sees them, in order
 * @param grammar what the answer may look like
 * @param price blocks it needs if nothing of it is kept
 * @param answer completed on an executor
 */
record Submission(
        GenerationRequest request,
        FittedPrompt prompt,
        List<PromptPiece> pieces,
        List<ResizedImage> resized,
        CompiledGrammar grammar,
        int price,
        CompletableFuture<GenerationResult> answer) {
    Submission {
        pieces = List.copyOf(pieces);
        resized = List.copyOf(resized);
    }

    /** The piece after which the first token is chosen. */
    PromptPiece lastPiece() {
        return pieces.get(pieces.size() - 1);
    }

    /** Sequences it has at most. */
    int width() {
        return AnswerSearch.width(request.settings());
    }

    /** Positions before the last piece. */
    int sharedLength() {
        return lastPiece().start();
    }

    /** Submissions are told apart, not compared. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
