package io.sextant.core.internal.grammar;

/** No constraint: every token may come, as in the reference. */
final class FreeGrammar implements CompiledGrammar {
    private final int endOfSequence;

    FreeGrammar(int endOfSequence) {
        this.endOfSequence = endOfSequence;
    }

    @Override
    public TokenConstraint start() {
        return new Unconstrained(endOfSequence, false);
    }

    @Override
    public int shortestAnswer() {
        return 1;
    }

    private static final class Unconstrained implements TokenConstraint {
        private static final int[] NONE = {};

        private final int endOfSequence;
        private boolean isComplete;

        Unconstrained(int endOfSequence, boolean isComplete) {
            this.endOfSequence = endOfSequence;
            this.isComplete = isComplete;
        }

        @Override
        public void mask(float[] scores, int remaining) {}

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
            return new Unconstrained(endOfSequence, isComplete);
        }
    }
}
