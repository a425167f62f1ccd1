package io.sextant.core.internal.sequence;

import io.sextant.core.Decoding;
import io.sextant.core.GenerationSettings;
import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.BlockLease;
import io.sextant.core.internal.grammar.TokenConstraint;
import java.util.List;

/**
 * How an answer is found, step by step: which sequences go on, and what becomes of the logits after each. Whoever runs it computes
 * the pending tokens of all open sequences and hands over the logits, until there is a result. One thread; closed by its owner.
 */
public interface AnswerSearch extends AutoCloseable {

    /**
     * The search that the settings ask for.
     *
     * @param start a sequence that holds the prompt; the search takes it over
     * @param lease where further sequences take their blocks from
     * @param constraint what the answer may become; the search takes it over
     * @param maxNewTokens longest answer, at least 1
     */
    static AnswerSearch of(
            GenerationSettings settings,
            SpecialTokens special,
            Sequence start,
            BlockLease lease,
            TokenConstraint constraint,
            int maxNewTokens) {
        start.constrain(constraint);
        if (settings.decoding() instanceof Decoding.Beams beams) {
            return new BeamSearch(settings, beams, special, start, lease, maxNewTokens);
        }
        return new StepwiseSearch(settings, special, start, maxNewTokens);
    }

    /** How many sequences a search with these settings has at most. */
    static int width(GenerationSettings settings) {
        return settings.decoding() instanceof Decoding.Beams beams ? beams.count() : 1;
    }

    /** The sequences whose pending tokens are to be computed; at first the one that holds the prompt, with nothing pending. */
    List<Sequence> open();

    /**
     * Chooses what comes next.
     *
     * @param logits after each of the open sequences, in their order, V numbers each; not changed
     * @param copies gets the blocks that must be copied before the next step
     */
    void take(List<float[]> logits, List<BlockCopy> copies);

    /** Whether the answer is complete. */
    boolean isFinished();

    /** The answer, once it is complete. */
    Generation result();

    /** The ids the answer has so far; they only ever grow, or there are none before it is complete. */
    int[] written();

    /** Gives all blocks back; may be called twice. */
    @Override
    void close();
}
