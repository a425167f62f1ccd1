package io.sextant.core.internal.sequence;

import java.util.BitSet;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * The steps from logits to a choice, in the order of the reference's generation: repetition penalty, temperature, top-k, top-p,
 * softmax (transformers 4.29.2, generation/logits_process.py). All on one row of V numbers.
 */
public final class TokenScores {
    private TokenScores() {}

    /** Penalises ids already written: a negative score is multiplied, a positive one divided. Changes the row. */
    static void penalise(float[] scores, BitSet seen, double penalty) {
        if (penalty == 1.0) {
            return;
        }
        for (int id = seen.nextSetBit(0); id >= 0 && id < scores.length; id = seen.nextSetBit(id + 1)) {
            scores[id] = (float) (scores[id] < 0 ? scores[id] * penalty : scores[id] / penalty);
        }
    }

    /** The id with the highest score; the lowest id among equals. */
    public static int best(float[] scores) {
        int best = 0;
        float highest = scores[0];
        for (int id = 1; id < scores.length; id++) {
            if (scores[id] > highest) {
                highest = scores[id];
                best = id;
            }
        }
        return best;
    }

    /** log of the sum of exponentials. */
    public static double logSumExp(float[] scores) {
        double max = scores[best(scores)];
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - max);
        }
        return max + Math.log(sum);
    }

    /** The model's probability of one id. */
    static double probability(float[] logits, int id) {
        return Math.min(1.0, Math.exp(logits[id] - logSumExp(logits)));
    }

    /**
     * What is left to choose from.
     *
     * @param scores after the penalty; unchanged
     * @param topK 0 keeps all; ties with the k-th are kept
     */
    static TokenDistribution distribution(float[] scores, double temperature, int topK, double topP) {
        double highest = scores[best(scores)];
        // A temperature so low that even the highest would be infinite leaves it at 0.
        double origin = Float.isInfinite((float) (highest / temperature)) ? highest : 0;
        float[] scaled = new float[scores.length];
        for (int id = 0; id < scaled.length; id++) {
            scaled[id] = (float) ((scores[id] - origin) / temperature);
        }
        int[] kept = keepTopK(scaled, topK);
        return TokenDistribution.of(keepTopP(scaled, kept, topP), scaled);
    }

    private static int[] keepTopK(float[] scores, int topK) {
        if (topK == 0 || topK >= scores.length) {
            return IntStream.range(0, scores.length).toArray();
        }
        PriorityQueue<Float> best = new PriorityQueue<>(topK);
        for (float score : scores) {
            if (best.size() < topK) {
                best.add(score);
            } else if (score > best.element()) {
                best.remove();
                best.add(score);
            }
        }
        float smallest = best.element();
        return IntStream.range(0, scores.length)
                .filter(id -> scores[id] >= smallest)
                .toArray();
    }

    /** From the least probable up, ids go as long as together they have at most 1 - topP; one always stays. */
    private static int[] keepTopP(float[] scores, int[] ids, double topP) {
        if (topP >= 1.0) {
            return ids;
        }
        int[] ascending = IntStream.of(ids)
                .boxed()
                .sorted((a, b) -> Float.compare(scores[a], scores[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] probabilities = TokenDistribution.of(ascending, scores).probabilities();
        double running = 0;
        int gone = 0;
        while (gone < ascending.length - 1) {
            running += probabilities[gone];
            if (running > 1.0 - topP) {
                break;
            }
            gone++;
        }
        return IntStream.of(ascending).skip(gone).sorted().toArray();
    }
}
