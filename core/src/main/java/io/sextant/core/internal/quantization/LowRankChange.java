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
    private static final int TOGETHER = 8;

    /** Adds to rows of the weight; see {@link WeightRows#read}. */
    void addTo(int first, int count, float[] target) {
        int inputs = Math.toIntExact(down.shape()[1]);
        float[][] lines = scaledLines(inputs);
        float[] factors = new float[count * lines.length];
        up.readRows(first, count, factors);
        float[] sum = new float[inputs];
        for (int row = 0; row < count; row++) {
            System.arraycopy(target, row * inputs, sum, 0, inputs);
            int done = 0;
            for (; done + TOGETHER <= lines.length; done += TOGETHER) {
                addEight(sum, factors, row * lines.length + done, lines, done);
            }
            for (; done < lines.length; done++) {
                addOne(sum, factors[row * lines.length + done], lines[done]);
            }
            System.arraycopy(sum, 0, target, row * inputs, inputs);
        }
    }

    /** scaling * down, (R, I). */
    private float[][] scaledLines(int inputs) {
        float[] numbers = down.readFloats();
        float[][] lines = new float[Math.toIntExact(down.shape()[0])][inputs];
        for (int r = 0; r < lines.length; r++) {
            for (int i = 0; i < inputs; i++) {
                lines[r][i] = numbers[r * inputs + i] * (float) scaling;
            }
        }
        return lines;
    }

    /** One line after another, as {@link #addOne} adds them, with one load and store of each sum; vector instructions in C2. */
    private static void addEight(float[] sum, float[] factors, int at, float[][] lines, int first) {
        float[] a = lines[first];
        float[] b = lines[first + 1];
        float[] c = lines[first + 2];
        float[] d = lines[first + 3];
        float[] e = lines[first + 4];
        float[] f = lines[first + 5];
        float[] g = lines[first + 6];
        float[] h = lines[first + 7];
        float ofA = factors[at];
        float ofB = factors[at + 1];
        float ofC = factors[at + 2];
        float ofD = factors[at + 3];
        float ofE = factors[at + 4];
        float ofF = factors[at + 5];
        float ofG = factors[at + 6];
        float ofH = factors[at + 7];
        for (int i = 0; i < sum.length; i++) {
            float four = sum[i] + ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
            sum[i] = four + ofE * e[i] + ofF * f[i] + ofG * g[i] + ofH * h[i];
        }
    }

    private static void addOne(float[] sum, float factor, float[] line) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * line[i];
        }
    }
}
