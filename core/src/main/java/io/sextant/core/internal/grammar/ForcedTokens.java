package io.sextant.core.internal.grammar;

/**
 * Tokens that must come.
 *
 * @param ids in order, maybe none
 * @param need tokens that must follow them at least, the end of sequence included; 0 if that is the last of them
 * @param length bytes of the forced text
 */
@SuppressWarnings("ArrayRecordComponent") // kept at a place, never compared
record ForcedTokens(int[] ids, int need, int length) {
    private static final int[] NO_IDS = {};

    /** Nothing is forced. */
    static final ForcedTokens NONE = new ForcedTokens(NO_IDS, 0, 0);

    boolean fits(int remaining) {
        return ids.length + need <= remaining;
    }
}
