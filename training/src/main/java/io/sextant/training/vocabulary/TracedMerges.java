package io.sextant.training.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Byte-pair encoding that remembers which merges it used.
 *
 * <p>A tokenizer with just the used merges, in their old order, cuts the same texts in the same way: at every step the first
 * merge of the whole table that fits is among the used ones, and no other of them comes before it.
 */
final class TracedMerges {
    private final Map<String, Integer> rankOfPair;
    private final Set<Integer> used = new TreeSet<>();

    /** @param rankOfPair from "left right" to the merge's place in the table */
    TracedMerges(Map<String, Integer> rankOfPair) {
        this.rankOfPair = rankOfPair;
    }

    /** Cuts a text, blanks written as U+2581, into pieces. */
    List<String> encode(String text) {
        List<String> pieces = new ArrayList<>();
        text.codePoints().forEach(character -> pieces.add(Character.toString(character)));
        while (true) {
            int best = Integer.MAX_VALUE;
            int place = -1;
            for (int i = 0; i + 1 < pieces.size(); i++) {
                int rank = rankOfPair.getOrDefault(pieces.get(i) + " " + pieces.get(i + 1), Integer.MAX_VALUE);
                if (rank < best) {
                    best = rank;
                    place = i;
                }
            }
            if (place < 0) {
                return pieces;
            }
            used.add(best);
            pieces.set(place, pieces.get(place) + pieces.remove(place + 1));
        }
    }

    /** Places of the merges used so far, in order. */
    Set<Integer> used() {
        return used;
    }
}
