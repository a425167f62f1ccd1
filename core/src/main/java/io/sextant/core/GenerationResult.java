package io.sextant.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the model answered. Made with {@link #builder}, so that further fields break nobody; the canonical constructor may change.
 *
 * @param text the answer, cleaned up as the reference does (end of sequence removed, blanks at both ends stripped)
 * @param tokens the tokens in order, the end of sequence included where the model wrote it
 * @param finishReason why it ended
 * @param promptTokens positions the prompt took, images included
 * @param droppedTurns oldest answered turns that were left out because the conversation did not fit the context
 * @param timings how long the parts took
 * @param refinedBoxes the text's boxes with finer edges, where the settings ask for them and the steps that wrote them tell; in their order
 * @param choices how probable each text of a closed set was, where the answer was held to one; they sum to 1, in the set's order. Empty
 *     for any other answer
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

    /** A result in the making. */
    public static Builder builder(String text) {
        return new Builder(text);
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

    /** Collects what is known of an answer. Not thread-safe. */
    public static final class Builder {
        private final String text;
        private List<GeneratedToken> tokens = List.of();
        private FinishReason finishReason = FinishReason.END_OF_SEQUENCE;
        private int promptTokens;
        private int droppedTurns;
        private Timings timings = Timings.NONE;
        private List<RefinedSpan> refinedBoxes = List.of();
        private Map<String, Double> choices = Map.of();

        private Builder(String text) {
            this.text = text;
        }

        /** The tokens in order; none unless said. */
        public Builder tokens(List<GeneratedToken> value) {
            tokens = value;
            return this;
        }

        /** Why it ended; {@link FinishReason#END_OF_SEQUENCE} unless said. */
        public Builder finishReason(FinishReason value) {
            finishReason = value;
            return this;
        }

        /** Positions the prompt took; 0 unless said. */
        public Builder promptTokens(int value) {
            promptTokens = value;
            return this;
        }

        /** Oldest answered turns that were left out; 0 unless said. */
        public Builder droppedTurns(int value) {
            droppedTurns = value;
            return this;
        }

        /** How long the parts took; {@link Timings#NONE} unless said. */
        public Builder timings(Timings value) {
            timings = value;
            return this;
        }

        /** The text's boxes with finer edges; none unless said. */
        public Builder refinedBoxes(List<RefinedSpan> value) {
            refinedBoxes = value;
            return this;
        }

        /** How probable each text of a closed set was; empty unless said. */
        public Builder choices(Map<String, Double> value) {
            choices = value;
            return this;
        }

        /** The result. */
        public GenerationResult build() {
            return new GenerationResult(
                    text, tokens, finishReason, promptTokens, droppedTurns, timings, refinedBoxes, choices);
        }
    }
}
