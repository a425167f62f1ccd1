package io.sextant.core.confidence;

/**
 * A curve from raw to calibrated confidence: {@code 1 / (1 + exp(-(slope x log-odds of the raw confidence + offset)))}. It rises, so it
 * never changes which of two parts of the same kind is the surer one.
 *
 * @param slope more than 0, finite; below 1 takes certainty away
 * @param offset finite
 */
public record ConfidenceCurve(double slope, double offset) {
    private static final double LEAST = 1e-6;

    public ConfidenceCurve {
        if (!(slope > 0) || !Double.isFinite(slope)) {
            throw new IllegalArgumentException("slope must be finite and more than 0, was " + slope);
        }
        if (!Double.isFinite(offset)) {
            throw new IllegalArgumentException("offset must be finite, was " + offset);
        }
    }

    /**
     * The calibrated confidence, 0..1.
     *
     * @param raw 0..1
     */
    public double apply(double raw) {
        return 1 / (1 + Math.exp(-(slope * logOdds(raw) + offset)));
    }

    /**
     * {@code log(p / (1 - p))}, with p kept within a millionth of 0 and 1: products of probabilities are no more exact.
     *
     * @param confidence 0..1
     */
    public static double logOdds(double confidence) {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
        }
        double kept = Math.max(LEAST, Math.min(1 - LEAST, confidence));
        return Math.log(kept / (1 - kept));
    }
}
