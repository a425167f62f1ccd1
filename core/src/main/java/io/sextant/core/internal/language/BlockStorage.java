package io.sextant.core.internal.language;

import io.sextant.core.internal.device.DeviceTensor;

/**
 * Keys and values of all sequences on the device, in blocks of a fixed number of positions. Which block belongs to whom is not
 * known here. One owner, who closes it; not thread-safe.
 */
public final class BlockStorage implements AutoCloseable {
    private final DeviceTensor keys;
    private final DeviceTensor values;
    private final int blocks;
    private final int blockSize;

    BlockStorage(DeviceTensor keys, DeviceTensor values, int blocks, int blockSize) {
        this.keys = keys;
        this.values = values;
        this.blocks = blocks;
        this.blockSize = blockSize;
    }

    /** (L, K, P, D, S): a row holds one number of each position's key. */
    DeviceTensor keys() {
        return keys;
    }

    /** (L, K, P, S, D). */
    DeviceTensor values() {
        return values;
    }

    /** P, the number of blocks; block 0 takes what padding writes and belongs to nobody. */
    public int blocks() {
        return blocks;
    }

    /** S, positions of one block. */
    public int blockSize() {
        return blockSize;
    }

    /** Frees the tensors; may be called twice. */
    @Override
    public void close() {
        values.close();
        keys.close();
    }
}
