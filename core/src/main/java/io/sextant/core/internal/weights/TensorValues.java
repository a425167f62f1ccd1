package io.sextant.core.internal.weights;

import java.util.Arrays;

/** The values of a tensor that is being written, read once and in order, so that no tensor has to be in memory. */
@FunctionalInterface
public interface TensorValues {

    /**
     * Gives the next values, row by row.
     *
     * @param target filled from its start
     * @param count how many; at least 1
     */
    void next(float[] target, int count);

    /** The elements of an array, which is not copied. */
    static TensorValues of(float[] values) {
        int[] position = {0};
        return (target, count) -> {
            System.arraycopy(values, position[0], target, 0, count);
            position[0] += count;
        };
    }

    /** The same value everywhere. */
    static TensorValues constant(float value) {
        return (target, count) -> Arrays.fill(target, 0, count, value);
    }
}
