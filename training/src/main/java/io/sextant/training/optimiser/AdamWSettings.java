package io.sextant.training.optimiser;

/**
 * How AdamW steps.
 *
 * @param beta1 memory of the gradients' mean; at least 0, less than 1
 * @param beta2 memory of their squares; at least 0, less than 1
 * @param eps added to the root of the squares; more than 0
 * @param weightDecay on parameters of two dimensions and more; at least 0
 * @param largestNorm all gradients are scaled down to this length together; 0 for no limit, as in the reference
 */
public record AdamWSettings(double beta1, double beta2, double eps, double weightDecay, double largestNorm) {
    /** The reference's: betas 0.9 and 0.999, eps 1e-8, decay 0.05, no clipping. */
    public static final AdamWSettings REFERENCE = new AdamWSettings(0.9, 0.999, 1e-8, 0.05, 0);

    public AdamWSettings {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "betas must be at least 0 and less than 1, were " + beta1 + ", " + beta2);
        }
        if (!(eps > 0 && weightDecay >= 0 && largestNorm >= 0)) {
            throw new IllegalArgumentException("eps must be positive, weight decay and largest norm not negative, were "
                    + eps + ", " + weightDecay + ", " + largestNorm);
        }
    }
}
