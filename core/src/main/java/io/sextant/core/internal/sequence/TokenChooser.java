package io.sextant.core.internal.sequence;

import io.sextant.core.Decoding;
import java.util.SplittableRandom;

/** Picks the next token of one sequence. */
@FunctionalInterface
interface TokenChooser {

    /** @param scores V numbers, after the repetition penalty */
    int choose(float[] scores);

    /** A new chooser for one sequence, so that its choices do not depend on who is decoded beside it. */
    static TokenChooser of(Decoding decoding) {
        if (decoding instanceof Decoding.Greedy) {
            return TokenScores::best;
        }
        if (decoding instanceof Decoding.Sampling sampling) {
            SplittableRandom random = new SplittableRandom(sampling.seed());
            return scores -> TokenScores.distribution(scores, sampling.temperature(), sampling.topK(), sampling.topP())
                    .at(random.nextDouble());
        }
        throw new IllegalArgumentException("no token-by-token choice for " + decoding);
    }
}
