package io.sextant.training.evaluation.confidence;

/**
 * One thing a model said.
 *
 * @param confidence how sure it was, 0..1
 * @param isRight whether it is true
 */
public record Judged(double confidence, boolean isRight) {
    public Judged {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
        }
    }
}
