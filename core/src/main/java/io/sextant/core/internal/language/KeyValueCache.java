package io.sextant.core.internal.language;

import io.sextant.core.internal.device.DeviceTensor;

/**
 * Keys and values of sequences that are decoded together, with room for a fixed number of positions.
 *
 * <p>Rows are left padded: row r's own positions begin at column {@code padding(r)}. One owner, who closes it; not
 * thread-safe.
 */
public final class KeyValueCache implements AutoCloseable {
    private final DeviceTensor keys;
    private final DeviceTensor values;
    private final int[] padding;
    private final int capacity;
    private int length;

    KeyValueCache(DeviceTensor keys, DeviceTensor values, int[] padding, int capacity) {
        this.keys = keys;
        this.values = values;
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
            for (int column = padding[row]; column < columns; column++) {
                mask[row * columns + column] = 1;
            }
        }
        return mask;
    }

    /** Positions of the next columns: counted without the padding; padding itself gets 1, as in the reference. */
    public long[] positionIds(int more) {
        long[] positions = new long[rows() * more];
        for (int row = 0; row < rows(); row++) {
            for (int i = 0; i < more; i++) {
                int column = length + i;
                positions[row * more + i] = column < padding[row] ? 1 : column - padding[row];
            }
        }
        return positions;
    }

    /** Frees the tensors; may be called twice. */
    @Override
    public void close() {
        values.close();
        keys.close();
    }
}
