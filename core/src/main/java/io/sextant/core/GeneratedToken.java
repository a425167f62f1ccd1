package io.sextant.core;

/**
 * One token of an answer and where its characters lie.
 *
 * @param id the vocabulary's number of the token
 * @param start index of its first character in {@link GenerationResult#text()}; equal to end if it left none there
 * @param end index after its last character
 * @param probability the model's probability for this token at this place, 0..1, before temperature and penalties; among those that the
 *     answer's grammar allows, and 1 where it allows no other
 */
public record GeneratedToken(int id, int start, int end, double probability) {
    public GeneratedToken {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("A token spans 0 <= start <= end, was " + start + ".." + end);
        }
        if (!(probability >= 0 && probability <= 1.000001)) {
            throw new IllegalArgumentException("probability must be in 0..1, was " + probability);
        }
    }
}
