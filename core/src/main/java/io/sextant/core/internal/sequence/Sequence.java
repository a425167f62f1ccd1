package io.sextant.core.internal.sequence;

import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.BlockLease;
import io.sextant.core.internal.cache.BlockTable;
import io.sextant.core.internal.grammar.MaskedProbabilities;
import io.sextant.core.internal.grammar.TokenConstraint;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way an answer may go: the positions computed for it, the tokens that are to be computed next, and those written so far.
 *
 * <p>One owner, who closes it; one thread.
 */
public final class Sequence implements AutoCloseable {
    private final BlockTable table;
    private final TokenSequence written;
    private int computed;
    private int[] pending = {};

    // Null until a search takes the sequence over.
    private @Nullable TokenConstraint constraint;

    /**
     * @param table holds the computed positions and takes the next ones
     * @param computed positions that are in the cache
     * @param bos what the reference's own row begins with
     */
    public Sequence(BlockTable table, int computed, int bos) {
        this(table, computed, new TokenSequence(bos));
    }

    private Sequence(BlockTable table, int computed, TokenSequence written) {
        this.table = table;
        this.computed = computed;
        this.written = written;
    }

    /**
     * Another way to go on from the same place.
     *
     * @param lease where its blocks come from
     * @param copies gets what must be copied before either goes on
     */
    Sequence fork(BlockLease lease, List<BlockCopy> copies) {
        Sequence fork =
                new Sequence(BlockTable.fork(lease, table.blocks(), computed, copies), computed, written.copy());
        fork.constraint = constraint().copy();
        return fork;
    }

    /** What the answer may become from here. */
    void constrain(TokenConstraint value) {
        constraint = value;
    }

    TokenConstraint constraint() {
        return Objects.requireNonNull(constraint, "a search constrains its sequences");
    }

    /**
     * Writes a token that the constraint allows; it is computed next, behind those that are pending.
     *
     * @param left what else the grammar left in its place, empty where that is not kept
     */
    void append(int id, double probability, MaskedProbabilities left) {
        constraint().advance(id);
        written.append(id, probability, left);
        pending = Arrays.copyOf(pending, pending.length + 1);
        pending[pending.length - 1] = id;
    }

    /** The tokens whose positions are to be computed next; none before the first token was chosen. */
    public int[] pending() {
        return pending.clone();
    }

    /** Positions that are in the cache. */
    public int computed() {
        return computed;
    }

    /** The blocks, with room for what is pending. */
    public int[] blocksForPending() {
        table.ensure(computed + pending.length);
        return table.blocks();
    }

    /** The blocks, with room for so many positions. */
    public int[] blocksFor(int positions) {
        table.ensure(positions);
        return table.blocks();
    }

    /** So many more positions are in the cache; nothing is pending. */
    public void advance(int positions) {
        computed += positions;
        pending = new int[0];
    }

    /** What has been written. */
    TokenSequence written() {
        return written;
    }

    /** Gives its blocks back; may be called twice. */
    @Override
    public void close() {
        table.close();
    }
}
