package io.sextant.core.dimension;

/**
 * The LoRA adapter of the decoder's query and value projections.
 *
 * @param rank of the change; 1..65536
 * @param alpha strength of the change before it is divided by the rank; more than 0
 */
public record LoraDimensions(int rank, double alpha) {
    public LoraDimensions {
        Range.check("lora.rank", rank, 1, 65536);
        Range.checkPositive("lora.alpha", alpha);
    }

    /** The released adapter: rank 64, alpha 16. */
    public static LoraDimensions published() {
        return new LoraDimensions(64, 16);
    }

    /** What B A x is multiplied with before it is added. */
    public double scaling() {
        return alpha / rank;
    }
}
