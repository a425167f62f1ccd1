package io.sextant.training.objective;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.WrittenBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.training.sequence.TokenBatch;
import io.sextant.training.sequence.TokenRow;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Truth;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of answers in one pass, each token told from the right ones before it. An answer whose tokens are all right is one that
 * greedy decoding would write; a box whose tokens are told so is a little better than one written freely.
 */
final class HeldOutScores {
    private static final double ENOUGH_OVERLAP = 0.5;

    private final LlamaTokenizer tokenizer;
    private final Map<String, double[]> sums = new LinkedHashMap<>();

    HeldOutScores(LlamaTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Scores one dialogue of a row.
     *
     * @param said ids told at each position of the batch, for the position behind it
     */
    void add(TokenBatch batch, int row, int segment, int[] said, Question question, Scene scene) {
        List<Integer> told = new ArrayList<>();
        int labels = 0;
        int right = 0;
        for (int t = 1; t < batch.length(); t++) {
            int at = row * batch.length() + t;
            if (batch.segments()[at] == segment && batch.labels()[at] != TokenRow.NO_LABEL) {
                int id = said[at - 1];
                told.add(id);
                labels++;
                right += id == batch.labels()[at] ? 1 : 0;
            }
        }
        if (labels == 0) {
            return;
        }
        String task = question.task().word();
        count(task + " exact", right == labels ? 1 : 0);
        if (question.truth() instanceof Truth.Boxes boxes) {
            count(task + " at 0.5", overlaps(told, boxes.boxes().get(0), scene) ? 1 : 0);
        } else {
            count(task + " tokens", (double) right / labels);
        }
    }

    /** Adds losses of text questions. */
    void addText(float[] losses, double weight) {
        double[] sum = sums.computeIfAbsent("text loss", name -> new double[2]);
        for (float loss : losses) {
            sum[0] += loss;
        }
        sum[1] += weight;
    }

    private void count(String name, double value) {
        double[] sum = sums.computeIfAbsent(name, none -> new double[2]);
        sum[0] += value;
        sum[1]++;
    }

    private boolean overlaps(List<Integer> told, PixelBox truth, Scene scene) {
        String text = tokenizer.decode(told.stream().mapToInt(Integer::intValue).toArray(), true);
        List<WrittenBox> written = AnnotatedText.parse(text).boxes();
        return !written.isEmpty()
                && written.get(0).box().toPixels(scene.width(), scene.height()).intersectionOverUnion(truth)
                        >= ENOUGH_OVERLAP;
    }

    /** Means by name. */
    Map<String, Double> byName() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum[0] / Math.max(1e-9, sum[1])));
        return means;
    }
}
