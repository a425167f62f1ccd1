package io.sextant.core.internal.schedule;

import io.sextant.core.internal.cache.BlockCopy;
import java.util.List;

/**
 * Whose work a step does: a beginning of prompts that several answers may share, or one answer. Either has one piece of a prompt to be
 * computed; an answer then goes on with its tokens.
 */
sealed interface StepOwner permits PendingPrefix, ActiveAnswer {
    /** The piece of a prompt. */
    PromptPiece piece();

    /** The images of the request it comes from. */
    List<ResizedImage> resized();

    /** What must be copied before the piece is computed; emptied once that is done. */
    List<BlockCopy> firstCopies();

    /** Whether the piece is still to be computed, is wanted, and follows what is computed. */
    boolean isPieceDue();

    /** The piece as work for the model. */
    ModelWork pieceWork();

    /** Whether that answer needs what is computed for this owner. */
    boolean isFor(ActiveAnswer answer);
}
