package io.sextant.core.internal.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the pool's blocks, and keeps computed beginnings in those that nobody needs at the moment. Where blocks are short, the
 * beginnings used longest ago go first, never one in use. One thread, but for {@link #maybeHas}, {@link #ownBlocks} and the pool's sizes.
 */
public final class PrefixCache {
    private final BlockPool pool;
    private final Map<PrefixKey, Prefix> prefixes = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<PrefixKey> keys = ConcurrentHashMap.newKeySet();
    private int leasedBlocks;
    private int usedBlocks;
    private long hits;
    private long misses;
    private long evictions;

    public PrefixCache(BlockPool pool) {
        this.pool = pool;
    }

    /** Where the blocks come from. */
    public BlockPool pool() {
        return pool;
    }

    /** Blocks that can be given out: free ones, and those of beginnings that could go. */
    public int room() {
        return pool.capacity() - leasedBlocks - usedBlocks;
    }

    /** Blocks of its own that a sequence or beginning needs behind a shared one. */
    public int ownBlocks(int sharedLength, int length) {
        return pool.blocksFor(length) - sharedLength / pool.blockSize();
    }

    /**
     * All blocks a request needs for itself; beginnings go to make room where necessary.
     *
     * @param count at most the {@link #room}
     */
    public BlockLease lease(int count) {
        makeRoom(count);
        int[] blocks = pool.take(count);
        leasedBlocks += count;
        return new BlockLease(pool, blocks, ended -> leasedBlocks -= ended);
    }

    /** A beginning that is kept or being computed. */
    public Optional<Prefix> find(PrefixKey key) {
        return Optional.ofNullable(prefixes.get(key));
    }

    /** Whether a beginning is kept or being computed at the moment; by the time somebody looks it may have gone, or come. Any thread. */
    public boolean maybeHas(PrefixKey key) {
        return keys.contains(key);
    }

    /** The beginning, and all that it begins with, must stay until {@link #unuse}. */
    public void use(Prefix prefix) {
        for (Prefix each = prefix; each != null; each = each.parent()) {
            if (each.addUser()) {
                usedBlocks += each.ownBlocks();
            }
        }
    }

    /** One user less. A beginning that was never computed and that nobody waits for any more goes at once. */
    public void unuse(Prefix prefix) {
        for (Prefix each = prefix; each != null; each = each.parent()) {
            if (each.removeUser()) {
                usedBlocks -= each.ownBlocks();
                if (!each.isReady()) {
                    if (prefixes.remove(each.key(), each)) {
                        keys.remove(each.key());
                    }
                    each.close();
                }
            }
        }
    }

    /**
     * A new beginning that is to be computed, with one user already.
     *
     * @param parent what it begins with: computed, or to be computed before it, and used; null if there is none
     * @param length its positions, the parent's included; there is {@link #room} for its own blocks
     * @param copies gets what must be copied once the parent is computed
     */
    public Prefix add(PrefixKey key, @Nullable Prefix parent, int length, List<BlockCopy> copies) {
        int sharedLength = parent == null ? 0 : parent.length();
        int ownBlocks = ownBlocks(sharedLength, length);
        makeRoom(ownBlocks);
        BlockLease own = new BlockLease(pool, pool.take(ownBlocks), ended -> {});
        BlockTable table =
                parent == null ? BlockTable.empty(own) : BlockTable.fork(own, parent.blocks(), sharedLength, copies);
        table.ensure(length);
        own.close();
        Prefix prefix = new Prefix(key, parent, table, length, ownBlocks);
        prefixes.put(key, prefix);
        keys.add(key);
        use(prefix);
        return prefix;
    }

    /**
     * Keeps what a sequence has computed as a beginning for whoever asks next, if it is not kept already.
     *
     * @param parent what it begins with
     * @param source blocks of the sequence
     * @param length positions that are kept
     * @param lease has a block to spare for the copy of the block the sequence stands in
     * @param copies gets what must be copied before the sequence goes on
     */
    public void keep(
            PrefixKey key,
            @Nullable Prefix parent,
            int[] source,
            int length,
            BlockLease lease,
            List<BlockCopy> copies) {
        if (prefixes.containsKey(key)) {
            return;
        }
        BlockTable table = BlockTable.fork(lease, source, length, copies);
        int sharedLength = parent == null ? 0 : parent.length();
        Prefix prefix = new Prefix(key, parent, table, length, ownBlocks(sharedLength, length));
        prefix.markReady();
        prefixes.put(key, prefix);
        keys.add(key);
    }

    /** Lets all beginnings go that nobody uses. */
    public void clear() {
        makeRoom(pool.capacity() + 1);
    }

    /** Beginnings kept or being computed. */
    public int size() {
        return prefixes.size();
    }

    /** Notes that a request found its beginning, or did not. */
    public void count(boolean isHit) {
        if (isHit) {
            hits++;
        } else {
            misses++;
        }
    }

    /** How often a beginning was there. */
    public long hits() {
        return hits;
    }

    /** How often a beginning had to be computed. */
    public long misses() {
        return misses;
    }

    /** How many beginnings went to make room. */
    public long evictions() {
        return evictions;
    }

    private void makeRoom(int count) {
        Iterator<Prefix> oldest = prefixes.values().iterator();
        while (pool.free() < count && oldest.hasNext()) {
            Prefix prefix = oldest.next();
            if (!prefix.isUsed()) {
                oldest.remove();
                keys.remove(prefix.key());
                prefix.close();
                evictions++;
            }
        }
    }
}
