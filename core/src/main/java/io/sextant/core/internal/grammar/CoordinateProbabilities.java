package io.sextant.core.internal.grammar;

import io.sextant.core.box.BinDistribution;
import io.sextant.core.box.RefinedBox;

/**
 * How probable the model found each number at one of a box's four places, as far as the tokens on its way tell. The digits it took
 * are told apart exactly; a first digit it did not take counts for the number nearest to the chosen one that begins with it. Immutable.
 */
public final class CoordinateProbabilities {
    private final int chosen;
    private final BinDistribution distribution;

    /** @param probabilities one a number, 0 to 100; they sum to 1 */
    CoordinateProbabilities(int chosen, double[] probabilities) {
        this.chosen = chosen;
        this.distribution = BinDistribution.of(probabilities);
    }

    /** The number that was written, 0..100. */
    public int chosen() {
        return chosen;
    }

    /** The probability of a number, 0..100; all sum to 1. */
    public double probability(int number) {
        return distribution.share(number);
    }

    /** The probabilities of all numbers. */
    public BinDistribution distribution() {
        return distribution;
    }

    /**
     * An edge finer than a bin: the mean of the chosen number and of those up to two beside it, by their probability.
     *
     * @return chosen - 2 to chosen + 2, within 0..100
     */
    public double refined() {
        return distribution.expectedNear(chosen, RefinedBox.WINDOW);
    }
}
