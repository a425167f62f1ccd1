package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.Prefix;
import java.util.ArrayList;
import java.util.List;

/** A beginning that is to be computed, and with what. Belongs to the {@link Scheduler}. */
final class PendingPrefix {
    final Prefix prefix;
    final PromptPiece piece;
    final List<ResizedImage> resized;

    /** What must be copied once its parent is computed. */
    final List<BlockCopy> firstCopies;

    PendingPrefix(Prefix prefix, PromptPiece piece, List<ResizedImage> resized, List<BlockCopy> firstCopies) {
        this.prefix = prefix;
        this.piece = piece;
        this.resized = resized;
        this.firstCopies = new ArrayList<>(firstCopies);
    }

    ModelWork work() {
        return new ModelWork(prefix.blocks(), piece.start(), piece.ids(), piece.images(), resized, false);
    }
}
