package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.BlockLease;
import io.sextant.core.internal.cache.BlockTable;
import io.sextant.core.internal.cache.Prefix;
import io.sextant.core.internal.cache.PrefixCache;
import io.sextant.core.internal.sequence.AnswerSearch;
import io.sextant.core.internal.sequence.Sequence;
import io.sextant.core.internal.sequence.SpecialTokens;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in when all the blocks they can ever need are there, so that no answer waits for memory once it has begun. What of a
 * request's beginning is kept, or being computed for somebody else, costs nothing. One thread.
 */
final class Admission {
    /** One block is for the copy that keeps a prompt for the next turn of its conversation. */
    private static final int KEPT_BLOCKS = 1;

    private final PrefixCache cache;
    private final LlamaTokenizer tokenizer;
    private final Executor executor;

    Admission(PrefixCache cache, LlamaTokenizer tokenizer, Executor executor) {
        this.cache = cache;
        this.tokenizer = tokenizer;
        this.executor = executor;
    }

    /**
     * Blocks a request needs if nothing of it is kept.
     *
     * @param pieces of its prompt
     * @param positions that one sequence computes at most
     * @param width sequences it has at most
     */
    static int price(PrefixCache cache, List<PromptPiece> pieces, int positions, int width) {
        int price = 0;
        for (PromptPiece piece : pieces.subList(0, pieces.size() - 1)) {
            price += cache.ownBlocks(piece.start(), piece.end());
        }
        return price + answerBlocks(cache, pieces.get(pieces.size() - 1).start(), positions, width);
    }

    private static int answerBlocks(PrefixCache cache, int sharedLength, int positions, int width) {
        return width * cache.ownBlocks(sharedLength, positions) + KEPT_BLOCKS;
    }

    /**
     * Lets a request in if there is room.
     *
     * @param pending gets the beginnings that are to be computed for it, in order
     */
    Optional<ActiveAnswer> tryAdmit(Submission submission, List<PendingPrefix> pending) {
        List<PromptPiece> beginnings =
                submission.pieces().subList(0, submission.pieces().size() - 1);
        int known = beginnings.size();
        @Nullable Prefix prefix = null;
        while (known > 0 && prefix == null) {
            prefix = cache.find(beginnings.get(known - 1).key()).orElse(null);
            known -= prefix == null ? 1 : 0;
        }
        if (prefix != null) {
            cache.use(prefix);
        }
        int width = submission.width();
        int own = answerBlocks(
                cache, submission.sharedLength(), submission.prompt().positions(), width);
        int needed = own;
        for (PromptPiece piece : beginnings.subList(known, beginnings.size())) {
            needed += cache.ownBlocks(piece.start(), piece.end());
        }
        if (needed > cache.room()) {
            if (prefix != null) {
                cache.unuse(prefix);
            }
            return Optional.empty();
        }
        if (!beginnings.isEmpty()) {
            cache.count(known == beginnings.size());
        }
        for (PromptPiece piece : beginnings.subList(known, beginnings.size())) {
            List<BlockCopy> copies = new ArrayList<>();
            Prefix next = cache.add(piece.key(), prefix, piece.end(), copies);
            if (prefix != null) {
                cache.unuse(prefix);
            }
            pending.add(new PendingPrefix(next, piece, submission.resized(), copies));
            prefix = next;
        }
        return Optional.of(begin(submission, prefix, cache.lease(own)));
    }

    private ActiveAnswer begin(Submission submission, @Nullable Prefix prefix, BlockLease lease) {
        List<BlockCopy> copies = new ArrayList<>();
        BlockTable table = prefix == null
                ? BlockTable.empty(lease)
                : BlockTable.fork(lease, prefix.blocks(), prefix.length(), copies);
        SpecialTokens special = new SpecialTokens(tokenizer.bos(), tokenizer.eos());
        Sequence start = new Sequence(table, submission.sharedLength(), special.bos());
        AnswerSearch search = AnswerSearch.of(
                submission.request().settings(),
                special,
                start,
                lease,
                submission.grammar().start(),
                submission.prompt().maxNewTokens());
        return new ActiveAnswer(submission, prefix, lease, start, search, copies, delivery(submission));
    }

    /** What brings a request its answer, or tells that there is none. */
    AnswerDelivery delivery(Submission submission) {
        return new AnswerDelivery(submission, tokenizer, executor);
    }
}
