package io.sextant.training.sequence;

import java.util.Arrays;

/**
 * One row of tokens. T = positions.
 *
 * @param ids (T): token ids; {@link #IMAGE} where a visual token stands
 * @param positions (T): place in the prompt as the model counts it
 * @param segments (T): a position sees earlier ones of its own segment and of segment 0
 * @param labels (T): what is to be learned from the position before, the id again in answers; else {@link #NO_LABEL}
 * @param weights (T): how much the label counts, 0 where there is none
 * @param names (T): what an inner layer is to say of the position itself, or {@link #NO_LABEL}
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into tensors
public record TokenRow(int[] ids, int[] positions, int[] segments, int[] labels, float[] weights, int[] names) {
    /** Stands for one visual token among ids. */
    public static final int IMAGE = -1;

    /** Stands where nothing is learned, as in the reference. */
    public static final int NO_LABEL = -100;

    public TokenRow {
        int length = ids.length;
        if (positions.length != length
                || segments.length != length
                || labels.length != length
                || weights.length != length
                || names.length != length) {
            throw new IllegalArgumentException("The parts of a row must be of one length, ids have " + length);
        }
    }

    /**
     * This row with the labels of each answer sharing a weight of the root of their number: an answer of one word counts less than one
     * of sixty, but not sixty times less.
     */
    public TokenRow balanced() {
        float[] balanced = weights.clone();
        int start = 0;
        while (start < labels.length) {
            int end = start;
            while (end < labels.length && labels[end] != NO_LABEL && segments[end] == segments[start]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                balanced[i] = (float) (weights[i] / Math.sqrt(end - start));
            }
            start = Math.max(end, start + 1);
        }
        return new TokenRow(ids, positions, segments, labels, balanced, names);
    }

    /**
     * This row with labels on further positions, where what comes next is not learned: so a position learns to say what it is about.
     *
     * @param about (T): an id to be said at each position, or {@link #NO_LABEL}
     * @param weight how much each counts
     */
    public TokenRow naming(int[] about, float weight) {
        int[] named = labels.clone();
        float[] weighted = weights.clone();
        for (int i = 0; i < ids.length - 1; i++) {
            if (about[i] != NO_LABEL && labels[i + 1] == NO_LABEL) {
                named[i + 1] = about[i];
                weighted[i + 1] = weight;
            }
        }
        return new TokenRow(ids, positions, segments, named, weighted, names);
    }

    /**
     * This row with what an inner layer is to say of positions; labels stay as they are.
     *
     * @param about (T): an id for each position, or {@link #NO_LABEL}
     */
    public TokenRow about(int[] about) {
        return new TokenRow(ids, positions, segments, labels, weights, about);
    }

    /** T. */
    public int length() {
        return ids.length;
    }

    /** How many positions are visual tokens. */
    public int visualTokens() {
        return (int) Arrays.stream(ids).filter(id -> id == IMAGE).count();
    }

    /** The first position with a label, or the length if there is none. */
    public int firstLabel() {
        int first = 0;
        while (first < labels.length && labels[first] == NO_LABEL) {
            first++;
        }
        return first;
    }
}
