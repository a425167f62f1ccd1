package io.sextant.core.internal.cache;

import java.util.Arrays;
import java.util.List;

/**
 * The blocks of one sequence in the order of its positions. Forks share what both have; where they go on differently, the block they
 * stand in is copied. One owner, who closes it; one thread.
 */
public final class BlockTable implements AutoCloseable {
    private final BlockLease lease;
    private int[] blocks;
    private int size;

    private BlockTable(BlockLease lease, int[] blocks, int size) {
        this.lease = lease;
        this.blocks = blocks;
        this.size = size;
    }

    /** A table without positions. */
    public static BlockTable empty(BlockLease lease) {
        return new BlockTable(lease, new int[4], 0);
    }

    /**
     * A table that begins as another sequence or a kept beginning does.
     *
     * @param lease where further blocks come from
     * @param source blocks that hold the beginning
     * @param length positions of the beginning
     * @param copies gets what must be copied before anything is written
     */
    public static BlockTable fork(BlockLease lease, int[] source, int length, List<BlockCopy> copies) {
        int whole = length / lease.pool().blockSize();
        boolean isPartial = length % lease.pool().blockSize() > 0;
        BlockTable table = new BlockTable(lease, Arrays.copyOf(source, whole + 1), whole);
        for (int i = 0; i < whole; i++) {
            lease.pool().retain(source[i]);
        }
        if (isPartial) {
            int own = lease.take();
            table.blocks[table.size++] = own;
            copies.add(new BlockCopy(source[whole], own));
        }
        return table;
    }

    /** Takes blocks until there is room for so many positions. */
    public void ensure(int positions) {
        int needed = lease.pool().blocksFor(positions);
        if (needed > blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(needed, 2 * blocks.length));
        }
        while (size < needed) {
            blocks[size++] = lease.take();
        }
    }

    /** The blocks in order; a copy. */
    public int[] blocks() {
        return Arrays.copyOf(blocks, size);
    }

    /** Lets go of all blocks; may be called twice. */
    @Override
    public void close() {
        for (int i = 0; i < size; i++) {
            lease.release(blocks[i]);
        }
        size = 0;
    }
}
