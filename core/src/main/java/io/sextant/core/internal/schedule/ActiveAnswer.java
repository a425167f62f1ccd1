package io.sextant.core.internal.schedule;

import io.sextant.core.Timings;
import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.BlockLease;
import io.sextant.core.internal.cache.Prefix;
import io.sextant.core.internal.cache.PrefixCache;
import io.sextant.core.internal.sequence.AnswerSearch;
import io.sextant.core.internal.sequence.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is being answered, with all that it holds. Belongs to the {@link Scheduler}; one thread. */
final class ActiveAnswer implements StepOwner, AutoCloseable {
    final Submission submission;
    final @Nullable Prefix prefix;
    final BlockLease lease;
    final Sequence start;
    final AnswerSearch search;
    final AnswerDelivery delivery;
    private final List<BlockCopy> firstCopies;
    boolean isPrefilled;
    long encodeNanos;
    long prefillNanos;
    long decodeNanos;

    /**
     * @param prefix computed or to be computed before the last piece, used by this answer; null if there is none
     * @param lease all blocks of its own
     * @param firstCopies what must be copied before its piece is computed
     */
    ActiveAnswer(
            Submission submission,
            @Nullable Prefix prefix,
            BlockLease lease,
            Sequence start,
            AnswerSearch search,
            List<BlockCopy> firstCopies,
            AnswerDelivery delivery) {
        this.submission = submission;
        this.prefix = prefix;
        this.lease = lease;
        this.start = start;
        this.search = search;
        this.firstCopies = new ArrayList<>(firstCopies);
        this.delivery = delivery;
    }

    /** The last piece of the prompt. */
    @Override
    public PromptPiece piece() {
        return submission.lastPiece();
    }

    @Override
    public List<ResizedImage> resized() {
        return submission.resized();
    }

    @Override
    public List<BlockCopy> firstCopies() {
        return firstCopies;
    }

    @Override
    public boolean isPieceDue() {
        return !isPrefilled && (prefix == null || prefix.isReady());
    }

    @Override
    public ModelWork pieceWork() {
        PromptPiece piece = piece();
        return new ModelWork(start.blocksFor(piece.end()), piece.start(), piece.ids(), piece.images(), resized(), true);
    }

    @Override
    public boolean isFor(ActiveAnswer answer) {
        return answer == this;
    }

    /** Whether a beginning that it waits for is this one. */
    boolean waitsFor(Prefix other) {
        return !isPrefilled && prefix != null && prefix.beginsWith(other);
    }

    /** The pending tokens of all open sequences. */
    List<ModelWork> nextWork() {
        List<ModelWork> work = new ArrayList<>();
        for (Sequence sequence : search.open()) {
            work.add(new ModelWork(
                    sequence.blocksForPending(), sequence.computed(), sequence.pending(), List.of(), List.of(), true));
        }
        return work;
    }

    Timings timings() {
        return new Timings(
                Duration.ofNanos(encodeNanos), Duration.ofNanos(prefillNanos), Duration.ofNanos(decodeNanos));
    }

    /** Gives back what it holds. */
    void release(PrefixCache cache) {
        close();
        if (prefix != null) {
            cache.unuse(prefix);
        }
    }

    @Override
    public void close() {
        search.close();
        lease.close();
    }
}
