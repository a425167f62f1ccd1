package io.sextant.core.dimension;

/** Checks of a size against its range; the message names the size and the bad value. */
final class Range {
    private Range() {}

    static void check(String name, long value, long smallest, long largest) {
        if (value < smallest || value > largest) {
            throw new IllegalArgumentException(name + " must be in " + smallest + ".." + largest + ", was " + value);
        }
    }

    static void checkDivisible(String name, long value, String divisorName, long divisor) {
        if (value % divisor != 0) {
            throw new IllegalArgumentException(
                    name + " must be a multiple of " + divisorName + "=" + divisor + ", was " + value);
        }
    }

    static void checkPositive(String name, double value) {
        if (!(value > 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be more than 0 and finite, was " + value);
        }
    }
}
