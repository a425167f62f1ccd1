package io.sextant.core.internal.language;

import io.sextant.core.internal.device.DeviceTensor;

/**
 * Keys and values of sequences that are decoded together, with room for a fixed number of positions.
 *
 * <p>Columns begin with what all rows share, if anything. Then each row is padded on the left, so that all rows end at the same
 * column. One owner, who closes it; not thread-safe.
 */
public final class KeyValueCache implements AutoCloseable {
    private final DeviceTensor keys;
    private final DeviceTensor values;
    private final int shared;
    private final int[] padding;
    private final int capacity;
    private int length;

    /**
     * @param shared columns at the beginning that mean the same in all rows
     * @param padding of each row after the shared columns; as many numbers as rows
     */
    KeyValueCache(DeviceTensor keys, DeviceTensor values, int shared, int[] padding, int capacity) {
        this.keys = keys;
        this.values = values;
        this.shared = shared;
        this.padding = padding.clone();
        this.capacity = capacity;
    }

    DeviceTensor keys() {
        return keys;
    }

    DeviceTensor values() {
        return values;
    }

    /** Number of sequences. */
    public int rows() {
        return padding.length;
    }

    /** Columns filled so far, padding included. */
    public int length() {
        return length;
    }

    /** Columns there is room for. */
    public int capacity() {
        return capacity;
    }

    void advance(int positions) {
        length += positions;
    }

    /** 1 for columns a row may attend to, 0 for its padding: rows x (length + more) numbers. */
    public long[] attentionMask(int more) {
        int columns = length + more;
        long[] mask = new long[rows() * columns];
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns; column++) {
                mask[row * columns + column] = isPadding(row, column) ? 0 : 1;
            }
        }
        return mask;
    }

    /** Positions of the next columns: counted without the padding; padding itself gets 1, as in the reference. */
    public long[] positionIds(int more) {
        long[] positions = new long[rows() * more];
        for (int row = 0; row < rows(); row++) {
            for (int i = 0; i < more; i++) {
                positions[row * more + i] = isPadding(row, length + i) ? 1 : position(row, length + i);
            }
        }
        return positions;
    }

    private boolean isPadding(int row, int column) {
        return column >= shared && column < shared + padding[row];
    }

    private int position(int row, int column) {
        return column < shared ? column : column - padding[row];
    }

    /** Frees the tensors; may be called twice. */
    @Override
    public void close() {
        values.close();
        keys.close();
    }
}
