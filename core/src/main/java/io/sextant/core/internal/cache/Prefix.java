package io.sextant.core.internal.cache;

import org.jspecify.annotations.Nullable;

/**
 * A prompt's beginning, for example text and image, whose keys and values are computed once and shared by every sequence that begins
 * with it. Belongs to the {@link PrefixCache}; one thread.
 */
public final class Prefix {
    private final PrefixKey key;
    private final @Nullable Prefix parent;
    private final BlockTable table;
    private final int length;
    private final int ownBlocks;
    private boolean isReady;
    private int users;

    /**
     * @param parent what it begins with; null if there is none
     * @param ownBlocks blocks of its table that it does not share with its parent
     */
    Prefix(PrefixKey key, @Nullable Prefix parent, BlockTable table, int length, int ownBlocks) {
        this.key = key;
        this.parent = parent;
        this.table = table;
        this.length = length;
        this.ownBlocks = ownBlocks;
    }

    PrefixKey key() {
        return key;
    }

    @Nullable
    Prefix parent() {
        return parent;
    }

    /** Its blocks in order. */
    public int[] blocks() {
        return table.blocks();
    }

    /** Positions it holds, its parent's included. */
    public int length() {
        return length;
    }

    /** Blocks of its table that it does not share with its parent. */
    int ownBlocks() {
        return ownBlocks;
    }

    /** Whether it is that other one, or begins with it. */
    public boolean beginsWith(Prefix other) {
        for (Prefix each = this; each != null; each = each.parent) {
            if (each == other) {
                return true;
            }
        }
        return false;
    }

    /** Whether everything before its last piece is computed. */
    public boolean isParentReady() {
        return parent == null || parent.isReady;
    }

    /** Whether it has been computed. */
    public boolean isReady() {
        return isReady;
    }

    /** Its keys and values stand in its blocks. */
    public void markReady() {
        isReady = true;
    }

    /** Whether a request waits for it or goes on from it, so that it must stay. */
    public boolean isUsed() {
        return users > 0;
    }

    /** Counts a user; tells whether it is the first. */
    boolean addUser() {
        return users++ == 0;
    }

    /** One user less; tells whether it was the last. */
    boolean removeUser() {
        if (users == 0) {
            throw new IllegalStateException("nobody uses this beginning");
        }
        return --users == 0;
    }

    void close() {
        table.close();
    }
}
