package io.sextant.core.internal.language;

import io.sextant.core.FinishReason;
import io.sextant.core.GenerationSettings;
import io.sextant.core.internal.device.DeviceTensor;
import java.util.ArrayList;
import java.util.List;

/** Greedy search and sampling: every row gets one token a step until it ends. */
public final class StepwiseSearch {
    private final LanguageDecoder decoder;
    private final SpecialTokens special;

    public StepwiseSearch(LanguageDecoder decoder, SpecialTokens special) {
        this.decoder = decoder;
        this.special = special;
    }

    /**
     * @param cache holds the prompts
     * @param logits after the prompts, one row of V numbers each
     * @param maxNewTokens at most what the cache has room for
     * @return one answer a row
     */
    public List<Generation> search(
            KeyValueCache cache, float[][] logits, GenerationSettings settings, int maxNewTokens) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < logits.length; i++) {
            rows.add(new Row(new TokenSequence(special.bos()), TokenChooser.of(settings.decoding())));
        }
        float[][] next = logits;
        for (int step = 0; ; step++) {
            boolean isAnyOpen = false;
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).take(next[i], settings.repetitionPenalty(), special.eos());
                isAnyOpen |= !rows.get(i).isFinished;
            }
            if (!isAnyOpen || step + 1 == maxNewTokens) {
                return rows.stream().map(Row::generation).toList();
            }
            next = advance(cache, rows);
        }
    }

    private float[][] advance(KeyValueCache cache, List<Row> rows) {
        int[] column = rows.stream().mapToInt(row -> row.sequence.last()).toArray();
        try (DeviceTensor embeddings = decoder.embedColumn(column);
                DeviceTensor hidden = decoder.advance(cache, embeddings, 1)) {
            return decoder.lastLogits(hidden);
        }
    }

    /** One sequence on its way. A finished row goes on in the batch, but takes no more tokens. */
    private static final class Row {
        private final TokenSequence sequence;
        private final TokenChooser chooser;
        private boolean isFinished;

        Row(TokenSequence sequence, TokenChooser chooser) {
            this.sequence = sequence;
            this.chooser = chooser;
        }

        void take(float[] logits, double penalty, int eos) {
            if (isFinished) {
                return;
            }
            float[] scores = logits.clone();
            TokenScores.penalise(scores, sequence.seen(), penalty);
            int id = chooser.choose(scores);
            sequence.append(id, TokenScores.probability(logits, id));
            isFinished = id == eos;
        }

        Generation generation() {
            return new Generation(
                    sequence.ids(),
                    sequence.probabilities(),
                    isFinished ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH,
                    0);
        }
    }
}
