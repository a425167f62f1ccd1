package io.sextant.core.internal.quantization;

import io.sextant.core.internal.weights.StoredTensor;

/**
 * What a LoRA adapter adds to a weight (O, I): scaling * up down. Nothing is read before it is added.
 *
 * @param up (O, R)
 * @param down (R, I)
 * @param scaling every product's factor
 */
public record LowRankChange(StoredTensor up, StoredTensor down, double scaling) {
    /** Adds to rows of the weight; see {@link WeightRows#read}. */
    void addTo(int first, int count, float[] target) {
        int rank = Math.toIntExact(down.shape()[0]);
        int inputs = Math.toIntExact(down.shape()[1]);
        float[] scaled = down.readFloats();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= (float) scaling;
        }
        float[] factors = new float[count * rank];
        up.readRows(first, count, factors);
        for (int row = 0; row < count; row++) {
            for (int r = 0; r < rank; r++) {
                addTo(target, row * inputs, factors[row * rank + r], scaled, r * inputs, inputs);
            }
        }
    }

    private static void addTo(float[] target, int start, float factor, float[] scaled, int from, int count) {
        for (int i = 0; i < count; i++) {
            target[start + i] += factor * scaled[from + i];
        }
    }
}
