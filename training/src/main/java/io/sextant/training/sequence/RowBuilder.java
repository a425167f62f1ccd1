package io.sextant.training.sequence;

import java.util.Arrays;

/** Collects the positions of one row. Used by one thread. */
final class RowBuilder {
    private static final int FIRST_SIZE = 128;

    private int[] ids = new int[FIRST_SIZE];
    private int[] positions = new int[FIRST_SIZE];
    private int[] segments = new int[FIRST_SIZE];
    private int[] labels = new int[FIRST_SIZE];
    private float[] weights = new float[FIRST_SIZE];
    private int length;

    void add(int id, int position, int segment) {
        add(id, position, segment, TokenRow.NO_LABEL, 0);
    }

    void addLabelled(int id, int position, int segment, float weight) {
        add(id, position, segment, id, weight);
    }

    private void add(int id, int position, int segment, int label, float weight) {
        if (length == ids.length) {
            int size = 2 * length;
            ids = Arrays.copyOf(ids, size);
            positions = Arrays.copyOf(positions, size);
            segments = Arrays.copyOf(segments, size);
            labels = Arrays.copyOf(labels, size);
            weights = Arrays.copyOf(weights, size);
        }
        ids[length] = id;
        positions[length] = position;
        segments[length] = segment;
        labels[length] = label;
        weights[length] = weight;
        length++;
    }

    TokenRow build() {
        int[] names = new int[length];
        Arrays.fill(names, TokenRow.NO_LABEL);
        return new TokenRow(
                Arrays.copyOf(ids, length),
                Arrays.copyOf(positions, length),
                Arrays.copyOf(segments, length),
                Arrays.copyOf(labels, length),
                Arrays.copyOf(weights, length),
                names);
    }
}
