package io.sextant.core.internal.language;

import io.sextant.core.Decoding;
import io.sextant.core.FinishReason;
import io.sextant.core.GenerationSettings;
import io.sextant.core.internal.device.DeviceTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Beam search for one request.
 *
 * <h2>How it works</h2>
 *
 * As transformers 4.29.2 (generation/beam_search.py) without early stopping. Each step ranks the best 2 n continuations of all n open
 * beams. An end of sequence finishes a hypothesis only if it ranks among the first n; the other continuations fill the n
 * places in order. At most n finished hypotheses are kept, by sum of log-probabilities / length ^ penalty, where the
 * length counts the reference's leading BOS but not the closing end of sequence. The search ends when n are kept and none
 * of this step's continuations could still beat the worst of them, or at the length limit, where open beams count as finished.
 */
public final class BeamSearch {
    private final LanguageDecoder decoder;
    private final SpecialTokens special;

    public BeamSearch(LanguageDecoder decoder, SpecialTokens special) {
        this.decoder = decoder;
        this.special = special;
    }

    /**
     * @param prompt a cache of one row that holds the prompt
     * @param logits after the prompt, V numbers
     * @param maxNewTokens longest answer
     */
    public Generation search(
            KeyValueCache prompt, float[] logits, GenerationSettings settings, Decoding.Beams beams, int maxNewTokens) {
        Finished finished = new Finished(beams);
        List<Beam> open = List.of(new Beam(new TokenSequence(special.bos()), 0.0, 0));
        float[][] next = {logits};
        try (KeyValueCache cache = decoder.fork(prompt, new int[beams.count()], prompt.length() + maxNewTokens)) {
            for (int step = 1; ; step++) {
                List<Continuation> ranked = rank(open, next, settings.repetitionPenalty(), 2 * beams.count());
                List<Beam> following = new ArrayList<>();
                for (int place = 0; place < ranked.size() && following.size() < beams.count(); place++) {
                    Continuation continuation = ranked.get(place);
                    if (continuation.id() != special.eos()) {
                        following.add(continuation.extend(open));
                    } else if (place < beams.count()) {
                        finished.add(continuation.extend(open), true);
                    }
                }
                open = following;
                if (finished.isDone(ranked.get(0).sum(), step + 1)) {
                    return finished.best();
                }
                if (step == maxNewTokens) {
                    open.forEach(beam -> finished.add(beam, false));
                    return finished.best();
                }
                next = advance(cache, open);
            }
        }
    }

    /** The best continuations of all open beams, best first; the earlier beam and the lower id first among equals. */
    private static List<Continuation> rank(List<Beam> open, float[][] logits, double penalty, int count) {
        Comparator<Continuation> order = Comparator.comparingDouble(Continuation::sum)
                .thenComparing(Comparator.comparingInt(Continuation::beam).reversed())
                .thenComparing(Comparator.comparingInt(Continuation::id).reversed());
        PriorityQueue<Continuation> best = new PriorityQueue<>(count, order);
        for (int beam = 0; beam < open.size(); beam++) {
            float[] row = logits[beam];
            double total = TokenScores.logSumExp(row);
            float[] scores = new float[row.length];
            for (int id = 0; id < row.length; id++) {
                scores[id] = (float) (row[id] - total);
            }
            TokenScores.penalise(scores, open.get(beam).sequence().seen(), penalty);
            for (int id = 0; id < row.length; id++) {
                double sum = open.get(beam).sum() + scores[id];
                if (best.size() == count && sum <= best.element().sum()) {
                    continue;
                }
                if (best.size() == count) {
                    best.remove();
                }
                best.add(new Continuation(beam, id, sum, Math.min(1.0, Math.exp(row[id] - total))));
            }
        }
        List<Continuation> ranked = new ArrayList<>(best);
        ranked.sort(order.reversed());
        return ranked;
    }

    private float[][] advance(KeyValueCache cache, List<Beam> open) {
        int[] parents = new int[cache.rows()];
        int[] ids = new int[cache.rows()];
        for (int i = 0; i < cache.rows(); i++) {
            Beam beam = open.get(Math.min(i, open.size() - 1));
            parents[i] = beam.parent();
            ids[i] = beam.sequence().last();
        }
        decoder.reorder(cache, parents);
        try (DeviceTensor embeddings = decoder.embedColumn(ids);
                DeviceTensor hidden = decoder.advance(cache, embeddings, 1)) {
            return decoder.lastLogits(hidden);
        }
    }

    /** @param parent the row of the cache its earlier tokens are in */
    private record Beam(TokenSequence sequence, double sum, int parent) {}

    private record Continuation(int beam, int id, double sum, double probability) {
        Beam extend(List<Beam> open) {
            TokenSequence sequence = open.get(beam).sequence().copy();
            sequence.append(id, probability);
            return new Beam(sequence, sum, beam);
        }
    }

    /** The finished hypotheses, at most as many as there are beams. */
    private static final class Finished {
        private final Decoding.Beams beams;
        private final List<Generation> kept = new ArrayList<>();

        Finished(Decoding.Beams beams) {
            this.beams = beams;
        }

        void add(Beam beam, boolean isEnded) {
            int length = 1 + beam.sequence().length() - (isEnded ? 1 : 0);
            Generation generation = new Generation(
                    beam.sequence().ids(),
                    beam.sequence().probabilities(),
                    isEnded ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH,
                    beam.sum() / Math.pow(length, beams.lengthPenalty()));
            if (kept.size() < beams.count()) {
                kept.add(generation);
            } else if (generation.score() > worst().score()) {
                kept.remove(worst());
                kept.add(generation);
            }
        }

        boolean isDone(double bestSum, int length) {
            return kept.size() == beams.count() && worst().score() >= bestSum / Math.pow(length, beams.lengthPenalty());
        }

        Generation best() {
            return kept.stream()
                    .max(Comparator.comparingDouble(Generation::score))
                    .orElseThrow();
        }

        private Generation worst() {
            return kept.stream()
                    .min(Comparator.comparingDouble(Generation::score))
                    .orElseThrow();
        }
    }
}
