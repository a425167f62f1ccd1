package io.sextant.core.internal.device;

/**
 * What the large weights of a program are kept as, apart from the type that is computed in. What each kind is, and how it is multiplied
 * with, stands in {@code linear.py}; a further kind is one more constant here and two more methods there.
 */
public enum WeightKind {
    /** In the type that is computed in; a file of that type is mapped, not copied. */
    AS_IS,
    /** Whole numbers of 8 bits, in steps of each output's own size. */
    INT8,
    /** Whole numbers of 4 bits in groups of inputs, each with a scale and a zero. */
    INT4;

    /** Inputs that share a scale and a zero in {@link #INT4}: what llama.cpp's Q4_0 takes too. */
    static final int GROUP = 32;

    /** Outputs that int4 is filled up to a multiple of. */
    private static final int OUTPUTS = 64;

    private static final int FLOAT_BYTES = 4;

    /**
     * Memory of one weight, in bytes.
     *
     * @param outputs rows of the weight
     * @param inputs columns of the weight
     * @param computed bytes of the type that is computed in
     */
    public long bytes(long outputs, long inputs, int computed) {
        return switch (this) {
            case AS_IS -> outputs * inputs * computed;
            case INT8 -> outputs * (inputs + FLOAT_BYTES);
            case INT4 -> {
                long rows = filled(outputs, OUTPUTS);
                long groups = filled(inputs, GROUP) / GROUP;
                yield rows * (groups * GROUP / 2 + groups * 2 * computed + FLOAT_BYTES);
            }
        };
    }

    private static long filled(long count, int multiple) {
        return (count + multiple - 1) / multiple * multiple;
    }
}
