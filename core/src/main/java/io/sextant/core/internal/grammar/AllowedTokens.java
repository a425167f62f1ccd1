package io.sextant.core.internal.grammar;

import java.util.Arrays;

/** The tokens that may come at a place. Immutable. */
final class AllowedTokens {
    /** As much as is told apart; no answer has that many tokens left. */
    static final int LARGEST_NEED = Short.MAX_VALUE;

    private final int[] ids;
    private final short[] needs;
    private final int shortest;

    /**
     * @param ids ascending, at least one; not changed any more
     * @param needs per id the tokens that must follow it at least, the end of sequence included; 0 for that one itself. Not changed
     *     any more
     */
    AllowedTokens(int[] ids, short[] needs) {
        this.ids = ids;
        this.needs = needs;
        int least = 0;
        for (int i = 1; i < needs.length; i++) {
            least = needs[i] < needs[least] ? i : least;
        }
        this.shortest = least;
    }

    /** Bytes it takes to remember. */
    int weight() {
        return ids.length * (Integer.BYTES + Short.BYTES);
    }

    /** See {@link TokenConstraint#mask}. */
    void mask(float[] scores, int remaining) {
        int most = Math.max(Math.min(remaining, LARGEST_NEED) - 1, needs[shortest]);
        int open = 0;
        boolean isAnyFinite = false;
        for (int i = 0; i < ids.length; i++) {
            int id = ids[i];
            if (open < id) {
                Arrays.fill(scores, open, id, Float.NEGATIVE_INFINITY);
            }
            open = id + 1;
            float score = scores[id];
            if (needs[i] > most || Float.isNaN(score)) {
                scores[id] = Float.NEGATIVE_INFINITY;
            } else if (score > Float.MAX_VALUE) {
                scores[id] = Float.MAX_VALUE;
                isAnyFinite = true;
            } else {
                isAnyFinite |= score > Float.NEGATIVE_INFINITY;
            }
        }
        Arrays.fill(scores, open, scores.length, Float.NEGATIVE_INFINITY);
        if (!isAnyFinite) {
            scores[ids[shortest]] = 0;
        }
    }
}
