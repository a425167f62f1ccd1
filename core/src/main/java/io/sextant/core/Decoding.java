package io.sextant.core;

/** How the next token is chosen. */
public sealed interface Decoding {

    /** Always the most probable token: the same answer every time. */
    record Greedy() implements Decoding {}

    /**
     * A random choice among the probable tokens, in the reference's order: temperature, top-k, top-p.
     *
     * @param temperature below 1 sharpens, above 1 flattens; more than 0
     * @param topK keeps only this many tokens; 0 keeps all
     * @param topP keeps the most probable tokens that together reach this probability; 0 to 1, 1 keeps all
     * @param seed the same seed gives the same answer
     */
    record Sampling(double temperature, int topK, double topP, long seed) implements Decoding {
        /** The settings of the reference's demo: temperature 0.6, top-k 50, top-p 0.9. */
        public static Sampling demo(long seed) {
            return new Sampling(0.6, 50, 0.9, seed);
        }

        public Sampling {
            if (!(temperature > 0) || !Double.isFinite(temperature)) {
                throw new IllegalArgumentException("temperature must be more than 0, was " + temperature);
            }
            if (topK < 0) {
                throw new IllegalArgumentException("topK must not be negative, was " + topK);
            }
            if (!(topP >= 0 && topP <= 1)) {
                throw new IllegalArgumentException("topP must be in 0..1, was " + topP);
            }
        }
    }

    /**
     * Keeps the best few continuations at every step and returns the best finished one.
     *
     * @param count continuations kept, 2 to 64
     * @param lengthPenalty over 0 favours longer answers: score = log-probability / length ^ penalty; finite
     */
    record Beams(int count, double lengthPenalty) implements Decoding {
        public Beams {
            if (count < 2 || count > 64) {
                throw new IllegalArgumentException("count must be in 2..64, was " + count);
            }
            if (!Double.isFinite(lengthPenalty)) {
                throw new IllegalArgumentException("lengthPenalty must be finite, was " + lengthPenalty);
            }
        }
    }
}
