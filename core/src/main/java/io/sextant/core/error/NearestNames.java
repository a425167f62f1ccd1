package io.sextant.core.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which of the names there are somebody may have meant, for messages that say what to do. */
public final class NearestNames {
    private static final int MOST = 3;

    private NearestNames() {}

    /**
     * The one to three of these that need the fewest changes, nearest first; none where there are none.
     *
     * @param name as it was written
     * @param choices names there are
     */
    public static List<String> of(String name, Collection<String> choices) {
        List<String> byDistance = new ArrayList<>(choices);
        byDistance.sort(Comparator.<String>comparingInt(choice -> distance(choice, name))
                .thenComparing(choice -> choice));
        if (byDistance.isEmpty()) {
            return List.of();
        }
        int best = distance(byDistance.get(0), name);
        return byDistance.stream()
                .limit(MOST)
                .filter(choice -> distance(choice, name) <= best + 2)
                .toList();
    }

    /** Levenshtein's distance: how many letters must be put in, taken out or exchanged. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int exchanged = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
