package io.sextant.core.internal.weights;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Arithmetic on shapes and strides. Sizes and strides are never negative. */
public final class Layout {
    /** More dimensions than any weight has; keeps hostile headers cheap. */
    public static final int MAX_DIMENSIONS = 16;

    private Layout() {}

    /** @throws ArithmeticException if the product does not fit a long */
    public static long elementCount(long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size == 0) {
                return 0;
            }
        }
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    /** Strides of a row-major tensor without gaps. */
    public static long[] contiguousStrides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride = Math.multiplyExact(stride, Math.max(1, shape[d]));
        }
        return strides;
    }

    /** Elements from the first to the last one in storage order, both included; 0 for an empty tensor. */
    public static long extent(long[] shape, long[] strides) {
        long last = 0;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] == 0) {
                return 0;
            }
            last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
        }
        return Math.addExact(last, 1);
    }

    static boolean isContiguous(long[] shape, long[] strides) {
        long expected = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (shape[d] != 1 && strides[d] != expected) {
                return elementCount(shape) == 0;
            }
            expected *= shape[d];
        }
        return true;
    }

    /**
     * Whether two elements may share their place. Layouts count as apart if, taken from the smallest stride to the largest,
     * each dimension steps over all those before it; this holds for every slice and transposition of a contiguous tensor.
     */
    public static boolean overlaps(long[] shape, long[] strides) {
        long covered = 1;
        for (int d : byStride(shape, strides)) {
            if (strides[d] < covered) {
                return elementCount(shape) != 0;
            }
            covered += (shape[d] - 1) * strides[d];
        }
        return false;
    }

    /** The dimensions of more than one element, smallest stride first. */
    private static int[] byStride(long[] shape, long[] strides) {
        return IntStream.range(0, shape.length)
                .filter(d -> shape[d] > 1)
                .boxed()
                .sorted(Comparator.comparingLong(d -> strides[d]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
