package io.sextant.core.internal.cache;

/**
 * The blocks of keys and values: which are free, and how many hold on to each of the others.
 *
 * <p>A block given out counts one holder. Every further table or kept beginning that shares it counts one more, and the last to let go
 * frees it. Block 0 is nobody's: padding writes there. Freed blocks are given out first, so memory that was never needed is never
 * touched. One thread.
 */
public final class BlockPool {
    private final int blockSize;
    private final int[] holders;
    private final int[] free;
    private int freeCount;
    private int sharedCount;

    /**
     * @param blocks how many there are, block 0 included; at least 2
     * @param blockSize positions of one, at least 1
     */
    public BlockPool(int blocks, int blockSize) {
        if (blocks < 2 || blockSize < 1) {
            throw new IllegalArgumentException(
                    "a pool has 2 blocks of 1 position at least, was " + blocks + " of " + blockSize);
        }
        this.blockSize = blockSize;
        this.holders = new int[blocks];
        this.free = new int[blocks - 1];
        for (int block = blocks - 1; block >= 1; block--) {
            free[freeCount++] = block;
        }
    }

    /** Positions of one block. */
    public int blockSize() {
        return blockSize;
    }

    /** Blocks there are for sequences. */
    public int capacity() {
        return free.length;
    }

    /** Blocks that nobody holds. */
    public int free() {
        return freeCount;
    }

    /** Blocks that more than one holds. */
    public int shared() {
        return sharedCount;
    }

    /** Blocks that hold so many positions. */
    public int blocksFor(int positions) {
        return (positions + blockSize - 1) / blockSize;
    }

    /**
     * Gives out blocks, each with one holder.
     *
     * @param count at most what is free
     */
    int[] take(int count) {
        if (count > freeCount) {
            throw new IllegalStateException(count + " blocks wanted, " + freeCount + " are free");
        }
        int[] taken = new int[count];
        for (int i = 0; i < count; i++) {
            taken[i] = free[--freeCount];
            holders[taken[i]] = 1;
        }
        return taken;
    }

    /** One more holds on to this block. */
    void retain(int block) {
        requireHeld(block);
        if (++holders[block] == 2) {
            sharedCount++;
        }
    }

    /** One holder less; the last one frees the block. */
    void release(int block) {
        requireHeld(block);
        holders[block]--;
        if (holders[block] == 1) {
            sharedCount--;
        }
        if (holders[block] == 0) {
            free[freeCount++] = block;
        }
    }

    /** How many hold on to a block; 0 if it is free. */
    int holders(int block) {
        return holders[block];
    }

    private void requireHeld(int block) {
        if (holders[block] == 0) {
            throw new IllegalStateException("block " + block + " is free");
        }
    }
}
