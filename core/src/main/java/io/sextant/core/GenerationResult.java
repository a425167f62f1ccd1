package io.sextant.core;

import java.util.List;
import java.util.Objects;

/**
 * What the model answered.
 *
 * @param text the answer, cleaned up as the reference does (end of sequence removed, blanks at both ends stripped)
 * @param tokens the tokens in order, the end of sequence included where the model wrote it
 * @param finishReason why it ended
 * @param promptTokens positions the prompt took, images included
 * @param droppedTurns oldest answered turns that were left out because the conversation did not fit the context
 * @param timings how long the parts took
 */
public record GenerationResult(
        String text,
        List<GeneratedToken> tokens,
        FinishReason finishReason,
        int promptTokens,
        int droppedTurns,
        Timings timings) {
    public GenerationResult {
        Objects.requireNonNull(text, "text");
        tokens = List.copyOf(tokens);
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(timings, "timings");
    }

    /**
     * How sure the model was of a part of its text: the geometric mean of the probabilities of the tokens that wrote it.
     *
     * @param start index of the part's first character in {@link #text()}
     * @param end index after its last character
     * @return 0..1; 1 if no token wrote any of it
     */
    public double confidence(int start, int end) {
        double logSum = 0;
        int count = 0;
        for (GeneratedToken token : tokens) {
            if (token.start() < end && token.end() > start) {
                logSum += Math.log(Math.max(token.probability(), Double.MIN_NORMAL));
                count++;
            }
        }
        return count == 0 ? 1.0 : Math.min(1.0, Math.exp(logSum / count));
    }
}
