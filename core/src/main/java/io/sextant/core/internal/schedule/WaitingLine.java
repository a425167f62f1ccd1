package io.sextant.core.internal.schedule;

import io.sextant.core.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests that have not been begun, and whose turn it is. Thread-safe.
 *
 * <h2>How it works</h2>
 *
 * Requests of the highest priority come first. Among them it is the turn of the share that has been served least, in work divided by weight;
 * within a share, of the one that came first. A share that comes back after a pause starts level with the one served least of those that wait,
 * and where none waits with the one whose turn it was last, so that it cannot claim for the time in which it asked for nothing.
 *
 * <p>Where several replicas of the model share the line, an image stays with the replica that was first asked about it, which has it encoded
 * and cached; what is not about such an image goes to the replica that computes the fewest sequences.
 */
final class WaitingLine {
    private final int capacity;
    private final List<Submission> waiting = new ArrayList<>();
    private final Map<String, Double> served = new HashMap<>();
    private final ImageHomes homes = new ImageHomes();
    private final int[] sequences;
    /** How much the share had been served whose turn it was last: where nobody waits, a share that comes back starts there. */
    private double level;

    /** @param capacity requests that wait at most, at least 1 */
    WaitingLine(int capacity) {
        this(capacity, 1);
    }

    /** @param replicas who share the line, at least 1 */
    WaitingLine(int capacity, int replicas) {
        this.capacity = capacity;
        this.sequences = new int[replicas];
    }

    /** Takes a request to the end of its share's line; false if the line is full. */
    synchronized boolean offer(Submission submission) {
        if (waiting.size() >= capacity) {
            return false;
        }
        String name = submission.request().share().name();
        boolean isNew = waiting.stream().noneMatch(other -> nameOf(other).equals(name));
        if (isNew) {
            served.merge(name, waiting.isEmpty() ? level : leastServed(), Math::max);
        }
        waiting.add(submission);
        return true;
    }

    /**
     * Offers whose turn it is to a replica, which takes it or leaves it in the line. Others wait meanwhile.
     *
     * @param replica its number, from 0
     * @param takes whether the replica takes the request
     * @return false if nobody waits for this replica, or it did not take who does
     */
    synchronized boolean offerNext(int replica, Predicate<Submission> takes) {
        Submission next = next(replica);
        double before = next == null ? 0 : served(next);
        if (next == null || !takes.test(next)) {
            return false;
        }
        level = Math.max(level, before);
        waiting.remove(next);
        homes.settle(next, replica);
        sequences[replica] += next.width();
        return true;
    }

    /** A request that a replica took has ended. */
    synchronized void left(int replica, Submission submission) {
        sequences[replica] -= submission.width();
    }

    private @Nullable Submission next(int replica) {
        Comparator<Submission> order = Comparator.<Submission>comparingInt(
                        s -> -s.request().priority())
                .thenComparingDouble(this::served);
        int fewest = Arrays.stream(sequences).min().orElseThrow();
        // The first of equals is the one that came first.
        return waiting.stream()
                .filter(s -> homes.of(s).map(home -> home == replica).orElse(sequences[replica] == fewest))
                .min(order)
                .orElse(null);
    }

    /** Takes a request out; false if it is not in the line. */
    synchronized boolean remove(Submission submission) {
        return waiting.remove(submission);
    }

    /** Takes all out that are meant. */
    synchronized List<Submission> removeAll(Predicate<Submission> meant) {
        List<Submission> removed = new ArrayList<>();
        for (Iterator<Submission> each = waiting.iterator(); each.hasNext(); ) {
            Submission submission = each.next();
            if (meant.test(submission)) {
                each.remove();
                removed.add(submission);
            }
        }
        return removed;
    }

    /** Notes work done for a share. */
    synchronized void charge(Share share, long work) {
        served.merge(share.name(), work / share.weight(), Double::sum);
        if (served.size() > 2 * capacity) {
            served.keySet()
                    .removeIf(name ->
                            waiting.stream().noneMatch(other -> nameOf(other).equals(name)));
        }
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Requests that wait at most. */
    int capacity() {
        return capacity;
    }

    private double leastServed() {
        return waiting.stream().mapToDouble(this::served).min().orElseThrow();
    }

    private double served(Submission submission) {
        return served.getOrDefault(nameOf(submission), 0.0);
    }

    private static String nameOf(Submission submission) {
        return submission.request().share().name();
    }
}
