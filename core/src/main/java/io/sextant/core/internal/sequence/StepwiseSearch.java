package io.sextant.core.internal.sequence;

import io.sextant.core.FinishReason;
import io.sextant.core.GenerationSettings;
import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.grammar.MaskedProbabilities;
import java.util.List;

/** Greedy search and sampling: one sequence, a token a step and those that must follow it. */
final class StepwiseSearch implements AnswerSearch {
    /** Tokens that are written without a choice in one step at most; the others follow in the next. */
    private static final int MOST_FORCED = 32;

    private final Sequence sequence;
    private final TokenChooser chooser;
    private final double repetitionPenalty;
    private final int eos;
    private final int maxNewTokens;
    private final boolean isConstrained;
    private boolean isEnded;

    StepwiseSearch(GenerationSettings settings, SpecialTokens special, Sequence sequence, int maxNewTokens) {
        this.sequence = sequence;
        this.chooser = TokenChooser.of(settings.decoding());
        this.repetitionPenalty = settings.repetitionPenalty();
        this.eos = special.eos();
        this.maxNewTokens = maxNewTokens;
        this.isConstrained = settings.isConstrained();
    }

    @Override
    public List<Sequence> open() {
        return List.of(sequence);
    }

    @Override
    public void take(List<float[]> logits, List<BlockCopy> copies) {
        if (!appendForced()) {
            float[] allowed = logits.get(0).clone();
            sequence.constraint().mask(allowed, remaining());
            float[] scores = allowed.clone();
            TokenScores.penalise(scores, sequence.written().seen(), repetitionPenalty);
            append(chooser.choose(scores), allowed);
            appendForced();
        }
    }

    private void append(int id, float[] allowed) {
        MaskedProbabilities left = isConstrained ? MaskedProbabilities.few(allowed, allowed) : MaskedProbabilities.NONE;
        sequence.append(id, TokenScores.probability(allowed, id), left);
        isEnded = id == eos;
    }

    /** Tokens that only one text of the grammar can go on with need no step of their own. */
    private boolean appendForced() {
        if (isFinished()) {
            return false;
        }
        int[] forced = sequence.constraint().forced(remaining());
        for (int i = 0; i < Math.min(forced.length, MOST_FORCED); i++) {
            sequence.append(forced[i], 1, MaskedProbabilities.certain(forced[i]));
            isEnded = forced[i] == eos;
        }
        return forced.length > 0;
    }

    private int remaining() {
        return maxNewTokens - sequence.written().length();
    }

    @Override
    public boolean isFinished() {
        return isEnded || sequence.written().length() >= maxNewTokens;
    }

    @Override
    public Generation result() {
        return new Generation(
                sequence.written().ids(),
                sequence.written().probabilities(),
                sequence.written().left(),
                isEnded ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH,
                0);
    }

    @Override
    public int[] written() {
        return sequence.written().ids();
    }

    @Override
    public void close() {
        sequence.close();
    }
}
