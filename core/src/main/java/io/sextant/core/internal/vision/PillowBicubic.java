package io.sextant.core.internal.vision;

import java.util.Arrays;

/**
 * Resizes RGB images as Pillow's {@code Image.resize(size, BICUBIC)} does, byte for byte.
 *
 * <p>How it works (Pillow, Resample.c): two passes, first along the rows, then along the columns, with 8-bit samples between
 * them; a pass whose side already fits is left out. Each output sample is a weighted sum of the input samples under a cubic
 * kernel, which is stretched when scaling down so that every input sample counts. Weights are fixed-point numbers with 22
 * fractional bits, and sums are rounded and clipped to 0..255. The column pass adds up whole rows, so
 * both passes read their input in order. A bicubic kernel covers every row of the input, so there is none to skip.
 */
public final class PillowBicubic {
    private static final double CUBIC = -0.5;
    private static final double REACH = 2.0;
    private static final int FRACTION_BITS = 22;
    private static final int ROUNDING = 1 << (FRACTION_BITS - 1);
    private static final int CHANNELS = 3;

    private PillowBicubic() {}

    /**
     * Resizes both sides independently.
     *
     * @param rgb width x height x 3 bytes, row by row
     * @return targetWidth x targetHeight x 3 bytes; the array given if nothing changes
     */
    public static byte[] resize(byte[] rgb, int width, int height, int targetWidth, int targetHeight) {
        byte[] narrowed = width == targetWidth ? rgb : rows(rgb, width, height, targetWidth);
        return height == targetHeight ? narrowed : columns(narrowed, targetWidth, Taps.of(height, targetHeight));
    }

    private static byte[] rows(byte[] rgb, int width, int rowCount, int targetWidth) {
        Taps taps = Taps.of(width, targetWidth);
        byte[] out = new byte[CHANNELS * targetWidth * rowCount];
        int target = 0;
        for (int y = 0; y < rowCount; y++) {
            int row = CHANNELS * width * y;
            for (int x = 0; x < targetWidth; x++) {
                int red = ROUNDING;
                int green = ROUNDING;
                int blue = ROUNDING;
                int source = row + CHANNELS * taps.first[x];
                int end = taps.offset[x + 1];
                for (int tap = taps.offset[x]; tap < end; tap++) {
                    int weight = taps.weights[tap];
                    red += (rgb[source] & 0xFF) * weight;
                    green += (rgb[source + 1] & 0xFF) * weight;
                    blue += (rgb[source + 2] & 0xFF) * weight;
                    source += CHANNELS;
                }
                out[target++] = clip(red);
                out[target++] = clip(green);
                out[target++] = clip(blue);
            }
        }
        return out;
    }

    private static byte[] columns(byte[] rgb, int width, Taps taps) {
        int rowLength = CHANNELS * width;
        int targetHeight = taps.first.length;
        byte[] out = new byte[rowLength * targetHeight];
        int[] sums = new int[rowLength];
        for (int y = 0; y < targetHeight; y++) {
            Arrays.fill(sums, ROUNDING);
            int source = rowLength * taps.first[y];
            for (int tap = taps.offset[y]; tap < taps.offset[y + 1]; tap++) {
                int weight = taps.weights[tap];
                for (int i = 0; i < rowLength; i++) {
                    sums[i] += (rgb[source + i] & 0xFF) * weight;
                }
                source += rowLength;
            }
            for (int i = 0; i < rowLength; i++) {
                out[y * rowLength + i] = clip(sums[i]);
            }
        }
        return out;
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC : 0;
    }

    /** For each output sample: its first input sample, and where its weights lie (offset[i] to offset[i + 1]). */
    private static final class Taps {
        private final int[] first;
        private final int[] offset;
        private final int[] weights;

        private Taps(int[] first, int[] offset, int[] weights) {
            this.first = first;
            this.offset = offset;
            this.weights = weights;
        }

        static Taps of(int size, int targetSize) {
            double scale = (double) size / targetSize;
            double stretch = Math.max(scale, 1);
            double support = REACH * stretch;
            double shrink = 1 / stretch;
            int[] first = new int[targetSize];
            int[] offset = new int[targetSize + 1];
            int[] weights = new int[targetSize * ((int) Math.ceil(support) * 2 + 1)];
            double[] exact = new double[(int) Math.ceil(support) * 2 + 1];
            for (int i = 0; i < targetSize; i++) {
                double centre = (i + 0.5) * scale;
                int start = Math.max((int) (centre - support + 0.5), 0);
                int end = Math.min((int) (centre + support + 0.5), size);
                double sum = 0;
                for (int tap = 0; tap < end - start; tap++) {
                    exact[tap] = cubic((tap + start - centre + 0.5) * shrink);
                    sum += exact[tap];
                }
                first[i] = start;
                offset[i + 1] = offset[i] + end - start;
                for (int tap = 0; tap < end - start; tap++) {
                    double weight = (sum == 0 ? exact[tap] : exact[tap] / sum) * (1 << FRACTION_BITS);
                    weights[offset[i] + tap] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
                }
            }
            return new Taps(first, offset, weights);
        }
    }
}
