package io.sextant.core.internal.image;

import java.util.Arrays;

/** How far the scans of a JPEG file have painted its image. For the thread that walks over the file. */
final class JpegProgress {
    private static final int COEFFICIENTS = 64;
    private static final int NEVER = Integer.MAX_VALUE;

    private final byte[] components;
    private final boolean isProgressive;

    /** For each component and coefficient the bits that are still missing, {@link #NEVER} where it was not painted at all. */
    private final int[][] missingBits;

    /**
     * @param components the ids of the colour components
     * @param isProgressive whether a scan may paint some coefficients, or some of their bits
     */
    JpegProgress(byte[] components, boolean isProgressive) {
        this.components = components;
        this.isProgressive = isProgressive;
        this.missingBits = new int[components.length][COEFFICIENTS];
        for (int[] bits : missingBits) {
            Arrays.fill(bits, NEVER);
        }
    }

    /** Nothing to paint, before there is a frame header. */
    static JpegProgress none() {
        return new JpegProgress(new byte[0], false);
    }

    /**
     * Notes a scan.
     *
     * @param painted ids of its components
     * @param first coefficient
     * @param last coefficient
     * @param low bits that a later scan will bring
     */
    void paint(byte[] painted, int first, int last, int low) {
        int from = isProgressive ? first : 0;
        int to = isProgressive ? Math.min(last, COEFFICIENTS - 1) : COEFFICIENTS - 1;
        for (byte id : painted) {
            for (int i = 0; i < components.length; i++) {
                if (components[i] == id && from <= to) {
                    Arrays.fill(missingBits[i], from, to + 1, isProgressive ? low : 0);
                }
            }
        }
    }

    /** Whether every component was painted, be it coarsely. */
    boolean hasAllComponents() {
        return Arrays.stream(missingBits).allMatch(bits -> bits[0] != NEVER);
    }

    /** Whether every bit of every coefficient was painted. */
    boolean isComplete() {
        return Arrays.stream(missingBits).flatMapToInt(Arrays::stream).allMatch(bits -> bits == 0);
    }
}
