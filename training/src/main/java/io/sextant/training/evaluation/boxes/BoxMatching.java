package io.sextant.training.evaluation.boxes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Matches written boxes with true ones, one to one, greedily by IoU, within the same noun. */
public final class BoxMatching {
    /** The least IoU of a match, as in COCO's AP50. */
    public static final double LEAST_OVERLAP = 0.5;

    private BoxMatching() {}

    /** How many of them match. */
    public static int matches(List<NamedBox> written, List<NamedBox> truths) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            for (int k = 0; k < truths.size(); k++) {
                double overlap =
                        written.get(i).box().intersectionOverUnion(truths.get(k).box());
                boolean isSameNoun = written.get(i).noun().equals(truths.get(k).noun());
                if (isSameNoun && overlap >= LEAST_OVERLAP) {
                    pairs.add(new Pair(i, k, overlap));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::overlap).reversed());
        Set<Integer> usedWritten = new HashSet<>();
        Set<Integer> usedTruths = new HashSet<>();
        for (Pair pair : pairs) {
            if (!usedWritten.contains(pair.written()) && !usedTruths.contains(pair.truth())) {
                usedWritten.add(pair.written());
                usedTruths.add(pair.truth());
            }
        }
        return usedWritten.size();
    }

    private record Pair(int written, int truth, double overlap) {}
}
