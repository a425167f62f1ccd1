package io.sextant.core.internal.grammar;

import java.util.Arrays;

/**
 * No constraint: every token may come, as in the reference. Those that only the decoder has, whose vocabulary may be filled up or have rows
 * for tokens that were added, are no tokens: they have no text.
 */
final class FreeGrammar implements CompiledGrammar {
    private final int endOfSequence;
    private final int vocabulary;

    /** @param vocabulary ids of the tokenizer, from 0 */
    FreeGrammar(int endOfSequence, int vocabulary) {
        this.endOfSequence = endOfSequence;
        this.vocabulary = vocabulary;
    }

    @Override
    public TokenConstraint start() {
        return new Unconstrained(endOfSequence, vocabulary, false);
    }

    @Override
    public int shortestAnswer() {
        return 1;
    }

    private static final class Unconstrained implements TokenConstraint {
        private static final int[] NONE = {};

        private final int endOfSequence;
        private final int vocabulary;
        private boolean isComplete;

        Unconstrained(int endOfSequence, int vocabulary, boolean isComplete) {
            this.endOfSequence = endOfSequence;
            this.vocabulary = vocabulary;
            this.isComplete = isComplete;
        }

        @Override
        public void mask(float[] scores, int remaining) {
            Arrays.fill(scores, Math.min(vocabulary, scores.length), scores.length, Float.NEGATIVE_INFINITY);
        }

        @Override
        public void advance(int id) {
            isComplete |= id == endOfSequence;
        }

        @Override
        public int[] forced(int remaining) {
            return NONE;
        }

        @Override
        public boolean isComplete() {
            return isComplete;
        }

        @Override
        public TokenConstraint copy() {
            return new Unconstrained(endOfSequence, vocabulary, isComplete);
        }
    }
}
