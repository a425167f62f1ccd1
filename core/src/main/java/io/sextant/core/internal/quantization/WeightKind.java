package io.sextant.core.internal.quantization;

/**
 * What the large weights of a program are kept as, apart from the type that is computed in. What each kind is, and how it is multiplied
 * with, stands in {@code linear.py}; how numbers are rounded, in this package.
 */
public enum WeightKind {
    /** In the type that is computed in; a file of that type is mapped, not copied. */
    AS_IS,
    /** Whole numbers of 8 bits, in steps of each output's own size. */
    INT8,
    /** Whole numbers of 4 bits in groups of inputs, each with a scale and a zero. */
    INT4;
}
