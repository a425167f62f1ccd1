package io.sextant.core.internal.sequence;

import java.util.Arrays;
import java.util.BitSet;

/** A growing answer: its tokens and how probable the model found each. Copies are independent. */
final class TokenSequence {
    private int[] ids = new int[32];
    private double[] probabilities = new double[32];
    private int length;
    private final BitSet seen = new BitSet();

    /** @param start the id the reference's own row begins with; it is penalised like a written token, never fed to the model */
    TokenSequence(int start) {
        seen.set(start);
    }

    private TokenSequence(TokenSequence other) {
        ids = other.ids.clone();
        probabilities = other.probabilities.clone();
        length = other.length;
        seen.or(other.seen);
    }

    TokenSequence copy() {
        return new TokenSequence(this);
    }

    void append(int id, double probability) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
            probabilities = Arrays.copyOf(probabilities, 2 * length);
        }
        ids[length] = id;
        probabilities[length] = probability;
        length++;
        seen.set(id);
    }

    int length() {
        return length;
    }

    int last() {
        return ids[length - 1];
    }

    /** Ids the repetition penalty applies to. */
    BitSet seen() {
        return seen;
    }

    int[] ids() {
        return Arrays.copyOf(ids, length);
    }

    double[] probabilities() {
        return Arrays.copyOf(probabilities, length);
    }
}
