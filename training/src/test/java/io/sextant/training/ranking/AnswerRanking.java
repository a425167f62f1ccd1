package io.sextant.training.ranking;

import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.Turn;
import io.sextant.training.device.Images;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.sequence.Dialogue;
import io.sextant.training.sequence.ReferenceBatch;
import io.sextant.training.sequence.RowEncoder;
import io.sextant.training.sequence.TokenBatch;
import io.sextant.training.sequence.TokenRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranks the candidate answers of several items (minigpt4/models/minigpt_base.py:393-410). The loss of a candidate is the sum of
 * its tokens' losses over (length of the padded rows - 1), so it depends on what is ranked beside it; that is the reference's way.
 */
public final class AnswerRanking {
    private static final float UNUSED = 9999;
    private static final String FILLER = "none";

    private final TrainableModel model;
    private final RowEncoder encoder;
    private final int padId;

    public AnswerRanking(TrainableModel model, RowEncoder encoder, LlamaTokenizer tokenizer) {
        this.model = model;
        this.encoder = encoder;
        this.padId = tokenizer.pad();
    }

    /**
     * One row for every item with one of its candidates; items that have fewer take the filler.
     *
     * @param slot which candidate, from 0
     */
    public TokenBatch batch(List<Turn> questions, List<List<String>> candidates, int slot) {
        List<TokenRow> rows = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            List<String> own = candidates.get(i);
            String answer = slot < own.size() ? own.get(slot) : FILLER;
            rows.add(encoder.row(
                    new Dialogue(List.of(Turn.answered(questions.get(i).question(), answer))), true));
        }
        return ReferenceBatch.of(rows, padId);
    }

    /**
     * @param questions one open turn for each item
     * @param candidates of each item
     * @param images of each item's image, one behind the other
     * @return losses (item, slot); slots past an item's own candidates hold the filler's
     */
    public float[][] losses(List<Turn> questions, List<List<String>> candidates, Images images) {
        int slots = candidates.stream().mapToInt(List::size).max().orElse(0);
        float[][] losses = new float[questions.size()][slots];
        for (int slot = 0; slot < slots; slot++) {
            TokenBatch batch = batch(questions, candidates, slot);
            float[] sums = model.rowLosses(batch, images);
            for (int i = 0; i < sums.length; i++) {
                losses[i][slot] = sums[i] / (batch.length() - 1);
            }
        }
        return losses;
    }

    /** Slots of one item from the likeliest on; slots past its own candidates come last. */
    public static int[] order(float[] losses, int candidates) {
        return IntStream.range(0, losses.length)
                .boxed()
                .sorted(Comparator.comparingDouble(slot -> slot < candidates ? losses[slot] : UNUSED))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
