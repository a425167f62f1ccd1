package io.sextant.core.internal.sequence;

import io.sextant.core.FinishReason;
import io.sextant.core.GenerationSettings;
import io.sextant.core.internal.cache.BlockCopy;
import java.util.List;

/** Greedy search and sampling: one sequence, one token a step. */
final class StepwiseSearch implements AnswerSearch {
    private final Sequence sequence;
    private final TokenChooser chooser;
    private final double repetitionPenalty;
    private final int eos;
    private final int maxNewTokens;
    private boolean isEnded;

    StepwiseSearch(GenerationSettings settings, SpecialTokens special, Sequence sequence, int maxNewTokens) {
        this.sequence = sequence;
        this.chooser = TokenChooser.of(settings.decoding());
        this.repetitionPenalty = settings.repetitionPenalty();
        this.eos = special.eos();
        this.maxNewTokens = maxNewTokens;
    }

    @Override
    public List<Sequence> open() {
        return List.of(sequence);
    }

    @Override
    public void take(List<float[]> logits, List<BlockCopy> copies) {
        float[] raw = logits.get(0);
        float[] scores = raw.clone();
        TokenScores.penalise(scores, sequence.written().seen(), repetitionPenalty);
        int id = chooser.choose(scores);
        sequence.append(id, TokenScores.probability(raw, id));
        isEnded = id == eos;
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
