package io.sextant.core.internal.trial;

import io.sextant.core.internal.weights.ElementType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Compares ways to compute.
 *
 * <h2>How it works</h2>
 *
 * Candidates take turns, in changing order, so that what else the machine does meanwhile is everybody's. Each round gives each of them a cost:
 * the time of an answer's products. The first candidate, what the processor's instructions suggest, stands unless another one's cost is less by
 * more than a tenth in the median round, for what is nearly equal would be chosen by chance. It also stands where the machine is too slow for
 * three rounds.
 */
final class Trial {
    /** Another candidate's cost, as a share of the first's, has to be below this. */
    private static final double CLEARLY_LESS = 0.9;

    private static final int ROUNDS = 5;
    private static final int LEAST_ROUNDS = 3;
    private static final Duration ENOUGH = Duration.ofMillis(500);
    private static final Duration AT_MOST = Duration.ofMillis(1000);

    private final Timer timer;
    private final LongSupplier nanoTime;

    /** Times a product once. */
    @FunctionalInterface
    interface Timer {
        /** @return nanoseconds */
        long time(Candidate candidate, Product product);
    }

    /** @param nanoTime a clock, of which only differences count */
    Trial(Timer timer, LongSupplier nanoTime) {
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    /**
     * First the type is tried in the suggested number of threads, then other numbers of threads in the type that won.
     *
     * @param suggested what stands unless something is clearly faster
     * @param threads other numbers of threads to try; may be empty
     */
    TrialResult run(Candidate suggested, List<Integer> threads) {
        ElementType otherType = suggested.type() == ElementType.FLOAT32 ? ElementType.BFLOAT16 : ElementType.FLOAT32;
        TrialResult type = compare(List.of(suggested, new Candidate(otherType, suggested.threads())));
        if (threads.isEmpty()) {
            return type;
        }
        List<Candidate> counts = new ArrayList<>(List.of(type.chosen()));
        threads.forEach(count -> counts.add(new Candidate(type.chosen().type(), count)));
        TrialResult count = compare(counts);
        return new TrialResult(count.chosen(), type.reason() + "; " + count.reason());
    }

    private TrialResult compare(List<Candidate> candidates) {
        candidates.forEach(this::cost); // what is made ready at the first call is not counted
        List<long[]> rounds = new ArrayList<>();
        long start = nanoTime.getAsLong();
        while (rounds.size() < ROUNDS) {
            rounds.add(round(candidates, rounds.size() % 2 == 1));
            long spent = nanoTime.getAsLong() - start;
            if (spent > (rounds.size() < LEAST_ROUNDS ? AT_MOST : ENOUGH).toNanos()) {
                break;
            }
        }
        if (rounds.size() < LEAST_ROUNDS) {
            return new TrialResult(candidates.get(0), "this machine was too slow to try others");
        }
        int best = 0;
        for (int i = 1; i < candidates.size(); i++) {
            if (ratio(rounds, i, 0) < CLEARLY_LESS && ratio(rounds, i, best) < 1) {
                best = i;
            }
        }
        return new TrialResult(candidates.get(best), reason(candidates, rounds));
    }

    private long[] round(List<Candidate> candidates, boolean isBackwards) {
        long[] costs = new long[candidates.size()];
        for (int turn = 0; turn < costs.length; turn++) {
            int i = isBackwards ? costs.length - 1 - turn : turn;
            costs[i] = cost(candidates.get(i));
        }
        return costs;
    }

    private long cost(Candidate candidate) {
        long cost = 0;
        for (Product product : Product.values()) {
            cost += product.count() * timer.time(candidate, product);
        }
        return cost;
    }

    /** Of two candidates' costs, in the median round. */
    private static double ratio(List<long[]> rounds, int candidate, int other) {
        return median(rounds.stream()
                .mapToDouble(costs -> (double) costs[candidate] / costs[other])
                .toArray());
    }

    private static String reason(List<Candidate> candidates, List<long[]> rounds) {
        return candidates.stream()
                .map(candidate -> {
                    int i = candidates.indexOf(candidate);
                    double nanos = median(
                            rounds.stream().mapToDouble(costs -> costs[i]).toArray());
                    return String.format(Locale.ROOT, "%s took %.0f ms", candidate, nanos / 1e6);
                })
                .collect(Collectors.joining(", "));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
