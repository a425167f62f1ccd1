package io.sextant.core.internal.quantization;

/** What a LoRA adapter adds to a weight: scaling * up down, with up (O, R) and down (R, I) row by row. */
public final class LowRankChange {
    private final float[] up;
    private final float[] down;
    private final int rank;
    private final int inputs;

    /**
     * @param up (O, R); the array is kept
     * @param down (R, I); the array is kept
     * @param rank R, at least 1
     * @param scaling every product's factor
     */
    public LowRankChange(float[] up, float[] down, int rank, double scaling) {
        this.up = up;
        this.down = down.clone();
        this.rank = rank;
        this.inputs = down.length / rank;
        for (int i = 0; i < down.length; i++) {
            this.down[i] *= (float) scaling;
        }
    }

    /** Adds to rows of the weight; see {@link WeightRows#read}. */
    void addTo(int first, int count, float[] target) {
        for (int row = 0; row < count; row++) {
            for (int r = 0; r < rank; r++) {
                addTo(target, row * inputs, up[(first + row) * rank + r], r * inputs);
            }
        }
    }

    private void addTo(float[] target, int start, float factor, int from) {
        for (int i = 0; i < inputs; i++) {
            target[start + i] += factor * down[from + i];
        }
    }
}
