package io.sextant.core.internal.sequence;

import io.sextant.core.Decoding;
import io.sextant.core.FinishReason;
import io.sextant.core.GenerationSettings;
import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.BlockLease;
import io.sextant.core.internal.grammar.MaskedProbabilities;
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
final class BeamSearch implements AnswerSearch {
    private final Decoding.Beams beams;
    private final double repetitionPenalty;
    private final boolean isConstrained;
    private final SpecialTokens special;
    private final BlockLease lease;
    private final int maxNewTokens;
    private final Finished finished;
    private List<Beam> open;
    private int step;
    private boolean isDone;

    BeamSearch(
            GenerationSettings settings,
            Decoding.Beams beams,
            SpecialTokens special,
            Sequence start,
            BlockLease lease,
            int maxNewTokens) {
        this.beams = beams;
        this.repetitionPenalty = settings.repetitionPenalty();
        this.isConstrained = settings.isConstrained();
        this.special = special;
        this.lease = lease;
        this.maxNewTokens = maxNewTokens;
        this.finished = new Finished(beams);
        this.open = List.of(new Beam(start, 0.0));
    }

    @Override
    public List<Sequence> open() {
        return open.stream().map(Beam::sequence).toList();
    }

    @Override
    public void take(List<float[]> logits, List<BlockCopy> copies) {
        step++;
        List<Continuation> ranked = rank(logits);
        List<Continuation> following = new ArrayList<>();
        for (int place = 0; place < ranked.size() && following.size() < beams.count(); place++) {
            Continuation continuation = ranked.get(place);
            if (continuation.id() != special.eos()) {
                following.add(continuation);
            } else if (place < beams.count()) {
                TokenSequence written =
                        open.get(continuation.beam()).sequence().written().copy();
                written.append(continuation.id(), continuation.probability(), continuation.left());
                finished.add(written, continuation.sum(), true);
            }
        }
        // A grammar may leave nothing to go on with.
        isDone = following.isEmpty() || finished.isDone(ranked.get(0).sum(), step + 1);
        if (isDone) {
            return;
        }
        open = goOn(following, copies);
        if (step == maxNewTokens) {
            open.forEach(beam -> finished.add(beam.sequence().written().copy(), beam.sum(), false));
            isDone = true;
        }
    }

    /** The first to go on from a beam takes it over, further ones fork it; beams that nobody goes on from give their blocks back. */
    private List<Beam> goOn(List<Continuation> following, List<BlockCopy> copies) {
        boolean[] isTaken = new boolean[open.size()];
        for (Continuation continuation : following) {
            isTaken[continuation.beam()] = true;
        }
        for (int i = 0; i < isTaken.length; i++) {
            if (!isTaken[i]) {
                open.get(i).sequence().close();
            }
        }
        Sequence[] next = new Sequence[following.size()];
        // Forks come before the moves, while every parent is still as it was.
        for (int i = next.length - 1; i >= 0; i--) {
            int parent = following.get(i).beam();
            boolean isFirst = following.subList(0, i).stream().noneMatch(earlier -> earlier.beam() == parent);
            if (!isFirst) {
                next[i] = open.get(parent).sequence().fork(lease, copies);
            }
        }
        List<Beam> beamsAfter = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            Continuation continuation = following.get(i);
            Sequence sequence = next[i] == null ? open.get(continuation.beam()).sequence() : next[i];
            sequence.append(continuation.id(), continuation.probability(), continuation.left());
            beamsAfter.add(new Beam(sequence, continuation.sum()));
        }
        return beamsAfter;
    }

    @Override
    public boolean isFinished() {
        return isDone;
    }

    @Override
    public Generation result() {
        return finished.best();
    }

    @Override
    public int[] written() {
        return isDone ? result().ids() : new int[0];
    }

    @Override
    public void close() {
        open.forEach(beam -> beam.sequence().close());
    }

    /** The best continuations of all open beams, best first; the earlier beam and the lower id first among equals. */
    private List<Continuation> rank(List<float[]> logits) {
        int count = 2 * beams.count();
        Comparator<Continuation> order = Comparator.comparingDouble(Continuation::sum)
                .thenComparing(Comparator.comparingInt(Continuation::beam).reversed())
                .thenComparing(Comparator.comparingInt(Continuation::id).reversed());
        PriorityQueue<Continuation> best = new PriorityQueue<>(count, order);
        for (int beam = 0; beam < open.size(); beam++) {
            Sequence sequence = open.get(beam).sequence();
            float[] row = logits.get(beam).clone();
            sequence.constraint().mask(row, maxNewTokens - sequence.written().length());
            MaskedProbabilities left = isConstrained ? MaskedProbabilities.few(row, row) : MaskedProbabilities.NONE;
            double total = TokenScores.logSumExp(row);
            float[] scores = new float[row.length];
            for (int id = 0; id < row.length; id++) {
                scores[id] = (float) (row[id] - total);
            }
            TokenScores.penalise(scores, sequence.written().seen(), repetitionPenalty);
            for (int id = 0; id < row.length; id++) {
                double sum = open.get(beam).sum() + scores[id];
                boolean isOut = row[id] == Float.NEGATIVE_INFINITY;
                if (isOut || (best.size() == count && sum <= best.element().sum())) {
                    continue;
                }
                if (best.size() == count) {
                    best.remove();
                }
                best.add(new Continuation(beam, id, sum, Math.min(1.0, Math.exp(row[id] - total)), left));
            }
        }
        List<Continuation> ranked = new ArrayList<>(best);
        ranked.sort(order.reversed());
        return ranked;
    }

    private record Beam(Sequence sequence, double sum) {}

    /** @param left what the grammar left in the token's place */
    private record Continuation(int beam, int id, double sum, double probability, MaskedProbabilities left) {}

    /** The finished hypotheses, at most as many as there are beams. */
    private static final class Finished {
        private final Decoding.Beams beams;
        private final List<Generation> kept = new ArrayList<>();

        Finished(Decoding.Beams beams) {
            this.beams = beams;
        }

        void add(TokenSequence written, double sum, boolean isEnded) {
            int length = 1 + written.length() - (isEnded ? 1 : 0);
            Generation generation = new Generation(
                    written.ids(),
                    written.probabilities(),
                    written.left(),
                    isEnded ? FinishReason.END_OF_SEQUENCE : FinishReason.LENGTH,
                    sum / Math.pow(length, beams.lengthPenalty()));
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
