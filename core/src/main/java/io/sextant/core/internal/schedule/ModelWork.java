package io.sextant.core.internal.schedule;

import java.util.List;

/**
 * New positions of one sequence that are to be computed.
 *
 * @param blocks of the sequence, enough for the new positions
 * @param start positions computed before
 * @param ids token ids; 0 where visual tokens stand
 * @param images where they stand
 * @param resized the images of the request, for those that are not encoded yet
 * @param wantsLogits whether logits after the last position are wanted
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one step, never compared
record ModelWork(
        int[] blocks, int start, int[] ids, List<ImageSpan> images, List<ResizedImage> resized, boolean wantsLogits) {}
