package io.sextant.core.internal.sequence;

import io.sextant.core.FinishReason;
import io.sextant.core.internal.grammar.MaskedProbabilities;
import java.util.List;

/**
 * The tokens of one answer.
 *
 * @param ids new tokens only, the end of sequence included where it was chosen
 * @param probabilities the model's own probability of each, before temperature and penalties
 * @param left what the grammar left in the place of each id, empty where that was not kept
 * @param finishReason why it ended
 * @param score beam search: log-probability / length ^ penalty; 0 otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the text clean-up, never compared
public record Generation(
        int[] ids, double[] probabilities, List<MaskedProbabilities> left, FinishReason finishReason, double score) {}
