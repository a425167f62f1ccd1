package io.sextant.core.internal.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/**
 * The blocks one request was admitted with: all that its sequences can ever need, so that an answer once begun never waits for memory.
 * Its tables take blocks from here and give them back; what is left goes to the pool when the request ends. One thread.
 */
public final class BlockLease implements AutoCloseable {
    private final BlockPool pool;
    private final IntConsumer ended;
    private final int size;
    private final Deque<Integer> spare = new ArrayDeque<>();
    private boolean isClosed;

    /**
     * @param blocks with one holder each
     * @param ended gets the number of blocks when the lease is closed
     */
    BlockLease(BlockPool pool, int[] blocks, IntConsumer ended) {
        this.pool = pool;
        this.ended = ended;
        this.size = blocks.length;
        for (int block : blocks) {
            spare.add(block);
        }
    }

    /** A block nobody has, with one holder. */
    int take() {
        Integer block = spare.poll();
        if (block == null) {
            throw new IllegalStateException("a request needs more blocks than the " + size + " it was admitted with");
        }
        return block;
    }

    /** One holder less; a block that loses its last one can be taken again. */
    void release(int block) {
        if (!isClosed && pool.holders(block) == 1) {
            spare.add(block);
        } else {
            pool.release(block);
        }
    }

    BlockPool pool() {
        return pool;
    }

    /** Gives back what no table holds; may be called twice. Tables that live on give their blocks to the pool. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            spare.forEach(pool::release);
            spare.clear();
            ended.accept(size);
        }
    }
}
