package io.sextant.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param refinedBoxes the text's boxes with finer edges, where the settings ask for them and the steps that wrote them tell; in their order
 * @param choices how probable each text of a closed set was, where the answer was held to one; they sum to 1, in the set's order. Empty
 *     for any other answer, and for a beam search
 */
public record GenerationResult(
        String text,
        List<GeneratedToken> tokens,
        FinishReason finishReason,
        int promptTokens,
        int droppedTurns,
        Timings timings,
        List<RefinedSpan> refinedBoxes,
        Map<String, Double> choices) {
    public GenerationResult {
        Objects.requireNonNull(text, "text");
        tokens = List.copyOf(tokens);
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(timings, "timings");
        refinedBoxes = List.copyOf(refinedBoxes);
        choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    }

    /** A result of which no more is known than its tokens. */
    public GenerationResult(
            String text,
            List<GeneratedToken> tokens,
            FinishReason finishReason,
            int promptTokens,
            int droppedTurns,
            Timings timings) {
        this(text, tokens, finishReason, promptTokens, droppedTurns, timings, List.of(), Map.of());
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
