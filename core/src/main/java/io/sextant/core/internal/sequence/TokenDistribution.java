package io.sextant.core.internal.sequence;

/**
 * Ids to choose from and their probabilities, which sum to 1.
 *
 * @param ids kept ids
 * @param scores of each, after temperature
 * @param probabilities of each
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one choice, never compared
record TokenDistribution(int[] ids, float[] scores, double[] probabilities) {

    /** The softmax over some ids of a row. */
    static TokenDistribution of(int[] ids, float[] row) {
        float[] scores = new float[ids.length];
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ids.length; i++) {
            scores[i] = row[ids[i]];
            max = Math.max(max, scores[i]);
        }
        double[] probabilities = new double[ids.length];
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            probabilities[i] = Math.exp(scores[i] - max);
            sum += probabilities[i];
        }
        for (int i = 0; i < ids.length; i++) {
            probabilities[i] /= sum;
        }
        return new TokenDistribution(ids, scores, probabilities);
    }

    /** @param point 0 (inclusive) to 1 (exclusive); each id owns a stretch as long as its probability */
    int at(double point) {
        double end = 0;
        int last = 0;
        for (int i = 0; i < ids.length; i++) {
            end += probabilities[i];
            if (point < end) {
                return ids[i];
            }
            // Where the sum is rounded to below the point, it is the last that is probable at all.
            last = probabilities[i] > 0 ? i : last;
        }
        return ids[last];
    }
}
