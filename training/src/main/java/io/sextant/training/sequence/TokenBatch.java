package io.sextant.training.sequence;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of one length, padded on the right. B = rows, T = positions.
 *
 * @param rows B
 * @param length T
 * @param ids (B, T), pad id behind a row's end
 * @param positions (B, T), 0 behind a row's end, where they do not matter
 * @param segments (B, T), {@link #PADDING} behind a row's end
 * @param labels (B, T)
 * @param weights (B, T)
 * @param names (B, T)
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into tensors
public record TokenBatch(
        int rows,
        int length,
        long[] ids,
        long[] positions,
        long[] segments,
        long[] labels,
        float[] weights,
        long[] names) {
    /** Segment of padding, which no real position sees. */
    public static final int PADDING = -1;

    /**
     * Rows padded to the longest of them.
     *
     * @param padId stands behind a row's end; the reference takes the id of {@code $$}
     * @throws IllegalArgumentException without a row
     */
    public static TokenBatch of(List<TokenRow> rows, int padId) {
        int count = rows.size();
        int length = rows.stream()
                .mapToInt(TokenRow::length)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("A batch needs at least one row"));
        TokenBatch batch = new TokenBatch(
                count,
                length,
                filled(count * length, padId),
                new long[count * length],
                filled(count * length, PADDING),
                filled(count * length, TokenRow.NO_LABEL),
                new float[count * length],
                filled(count * length, TokenRow.NO_LABEL));
        for (int i = 0; i < count; i++) {
            batch.write(rows.get(i), i * length);
        }
        return batch;
    }

    private void write(TokenRow row, int start) {
        for (int t = 0; t < row.length(); t++) {
            ids[start + t] = row.ids()[t];
            positions[start + t] = row.positions()[t];
            segments[start + t] = row.segments()[t];
            labels[start + t] = row.labels()[t];
            weights[start + t] = row.weights()[t];
            names[start + t] = row.names()[t];
        }
    }

    private static long[] filled(int count, long value) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }

    /** Sum of all weights. */
    public double weight() {
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return sum;
    }
}
