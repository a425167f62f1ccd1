package io.sextant.core.internal.grammar;

import java.util.Arrays;

/**
 * How probable the model found the tokens that a grammar left, one step's worth: they sum to 1. Kept only where few were left, as at
 * the digits of a box. Immutable.
 */
public final class MaskedProbabilities {
    /** Tokens that are kept at most: those of a closed set of answers or a digit, not those of free words. */
    private static final int MOST = 256;

    private static final int[] NO_IDS = {};
    private static final double[] NO_VALUES = {};

    /** Nothing was kept. */
    public static final MaskedProbabilities NONE = new MaskedProbabilities(NO_IDS, NO_VALUES);

    private final int[] ids;
    private final double[] values;

    private MaskedProbabilities(int[] ids, double[] values) {
        this.ids = ids;
        this.values = values;
    }

    /**
     * The probability of one token among those that were left.
     *
     * @param logits V numbers as the model gave them; unchanged
     * @param masked the same row after {@link TokenConstraint#mask}; only which are at negative infinity counts
     * @param id one that was left
     * @return 0..1; 1 where it was the only one
     */
    public static double of(float[] logits, float[] masked, int id) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < masked.length; i++) {
            if (isLeft(masked[i]) && logits[i] > largest) {
                largest = logits[i];
            }
        }
        double sum = 0;
        int left = 0;
        for (int i = 0; i < masked.length; i++) {
            if (isLeft(masked[i])) {
                sum += weight(logits[i], largest);
                left++;
            }
        }
        return probability(weight(logits[id], largest), sum, left);
    }

    /**
     * The probabilities of all that were left, if those are few.
     *
     * @return empty if there are more than a closed set or a digit has
     */
    public static MaskedProbabilities few(float[] logits, float[] masked) {
        return few(logits, masked, MOST);
    }

    static MaskedProbabilities few(float[] logits, float[] masked, int most) {
        int[] ids = new int[most];
        int count = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < masked.length; i++) {
            if (isLeft(masked[i])) {
                if (count == most) {
                    return NONE;
                }
                ids[count++] = i;
                largest = logits[i] > largest ? logits[i] : largest;
            }
        }
        double[] values = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            values[i] = weight(logits[ids[i]], largest);
            sum += values[i];
        }
        for (int i = 0; i < count; i++) {
            values[i] = probability(values[i], sum, count);
        }
        return new MaskedProbabilities(Arrays.copyOf(ids, count), values);
    }

    /** A token that was forced: it alone was left. */
    public static MaskedProbabilities certain(int id) {
        return new MaskedProbabilities(new int[] {id}, new double[] {1});
    }

    /** Whether nothing was kept. */
    public boolean isEmpty() {
        return ids.length == 0;
    }

    /** How many tokens were left; 0 if nothing was kept. */
    public int count() {
        return ids.length;
    }

    /** The id of one, index 0 to {@link #count} - 1; ascending. */
    public int id(int index) {
        return ids[index];
    }

    /** The probability of one, index 0 to {@link #count} - 1. */
    public double probability(int index) {
        return values[index];
    }

    private static boolean isLeft(float score) {
        return score > Float.NEGATIVE_INFINITY;
    }

    /** Logits that are no numbers weigh nothing. */
    private static double weight(float logit, float largest) {
        if (logit == largest) {
            return 1;
        }
        double weight = Math.exp((double) logit - largest);
        return Double.isNaN(weight) ? 0 : weight;
    }

    private static double probability(double weight, double sum, int left) {
        return sum > 0 ? Math.min(1, weight / sum) : 1.0 / left;
    }
}
