package io.sextant.core.internal.grammar;

/** What an answer may still become: one sequence's place in its grammar. One owner; not thread-safe. */
public interface TokenConstraint {

    /**
     * Sets the scores of all tokens that may not come next to negative infinity; at least one stays finite, and none is NaN. What may
     * come next keeps its score.
     *
     * @param scores V numbers, one a token of the vocabulary; changed
     * @param remaining tokens that may still be written, this one included (the end of sequence counts): tokens from which the
     *     answer could not be completed within it are masked too. If there is no other, those on the shortest way to an end stay
     */
    void mask(float[] scores, int remaining);

    /**
     * Takes the token that was chosen.
     *
     * @param id one that {@link #mask} left
     * @throws IllegalArgumentException if the grammar does not allow it here
     */
    void advance(int id);

    /**
     * Tokens that must come now because only one text can (jump-forward), cut as the tokenizer would cut that text here, in order,
     * the end of sequence possibly last; empty where there is a choice. Does not advance.
     *
     * @param remaining as for {@link #mask}; empty where the tokens and what must follow them do not fit
     */
    int[] forced(int remaining);

    /** Whether the answer is over (end of sequence was taken). */
    boolean isComplete();

    /** An independent copy at the same place (beams). */
    TokenConstraint copy();
}
