package io.sextant.training.evaluation.boxes;

import java.util.Objects;

/**
 * A box that a model wrote.
 *
 * @param named the box and its noun
 * @param confidence how sure the model was of its numbers, 0..1
 */
public record ScoredBox(NamedBox named, double confidence) {
    public ScoredBox {
        Objects.requireNonNull(named, "named");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
        }
    }
}
