package io.sextant.core.internal.sequence;

import io.sextant.core.internal.grammar.MaskedProbabilities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A growing answer: its tokens, how probable the model found each, and what else was left. Copies are independent. */
final class TokenSequence {
    private int[] ids = new int[32];
    private double[] probabilities = new double[32];
    private final List<MaskedProbabilities> left = new ArrayList<>();
    private int length;
    private final BitSet seen = new BitSet();

    /** @param start the id the reference's own row begins with; it is penalised like a written token, never fed to the model */
    TokenSequence(int start) {
        seen.set(start);
    }

    private TokenSequence(TokenSequence other) {
        ids = other.ids.clone();
        probabilities = other.probabilities.clone();
        left.addAll(other.left);
        length = other.length;
        seen.or(other.seen);
    }

    TokenSequence copy() {
        return new TokenSequence(this);
    }

    /** @param alternatives what the grammar left in its place, empty where that is not kept */
    void append(int id, double probability, MaskedProbabilities alternatives) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
            probabilities = Arrays.copyOf(probabilities, 2 * length);
        }
        ids[length] = id;
        probabilities[length] = probability;
        left.add(alternatives);
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

    /** What the grammar left in the place of each token, empty where that was not kept. */
    List<MaskedProbabilities> left() {
        return List.copyOf(left);
    }
}
