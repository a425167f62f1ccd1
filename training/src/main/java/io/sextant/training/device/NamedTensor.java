package io.sextant.training.device;

import io.sextant.core.internal.weights.StoredTensor;

/**
 * Numbers of the host under a name.
 *
 * @param name key in the published weight files
 * @param shape sizes, outermost first
 * @param values row by row; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // weights: never compared as a record, and too large to copy
public record NamedTensor(String name, long[] shape, float[] values) {
    public NamedTensor {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        if (count != values.length) {
            throw new IllegalArgumentException(name + " has " + values.length + " values, its shape says " + count);
        }
    }

    /** Reads a tensor of a file. */
    public static NamedTensor read(String name, StoredTensor tensor) {
        return new NamedTensor(name, tensor.shape(), tensor.readFloats());
    }
}
