package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.Prefix;
import java.util.ArrayList;
import java.util.List;

/** A beginning that is to be computed, and with what. Belongs to the {@link Scheduler}. */
final class PendingPrefix implements StepOwner {
    final Prefix prefix;
    private final PromptPiece piece;
    private final List<ResizedImage> resized;
    private final List<BlockCopy> firstCopies;

    /** @param firstCopies what must be copied once its parent is computed */
    PendingPrefix(Prefix prefix, PromptPiece piece, List<ResizedImage> resized, List<BlockCopy> firstCopies) {
        this.prefix = prefix;
        this.piece = piece;
        this.resized = resized;
        this.firstCopies = new ArrayList<>(firstCopies);
    }

    @Override
    public PromptPiece piece() {
        return piece;
    }

    @Override
    public List<ResizedImage> resized() {
        return resized;
    }

    @Override
    public List<BlockCopy> firstCopies() {
        return firstCopies;
    }

    @Override
    public boolean isPieceDue() {
        return prefix.isUsed() && prefix.isParentReady();
    }

    @Override
    public ModelWork pieceWork() {
        return new ModelWork(prefix.blocks(), piece.start(), piece.ids(), piece.images(), resized, false);
    }

    @Override
    public boolean isFor(ActiveAnswer answer) {
        return answer.waitsFor(prefix);
    }
}
