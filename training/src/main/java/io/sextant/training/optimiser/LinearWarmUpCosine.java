package io.sextant.training.optimiser;

/**
 * The reference's {@code linear_warmup_cosine} (minigpt4/common/optims.py:79-112), with its two peculiarities: the cosine counts
 * from step 0, warm-up included; and the warm-up's value counts within the epoch, so that it starts again where it is longer than
 * an epoch. One epoch as long as the run avoids the second.
 *
 * @param epochs how many, at least 1
 * @param stepsPerEpoch at least 1
 * @param peak rate the cosine falls from; at least 0
 * @param lowest rate the cosine falls to, at least 0; the reference once had it above the peak
 * @param warmUpSteps how long the rate rises, 0 for no warm-up
 * @param warmUpStart rate at step 0; negative for {@code peak}
 */
public record LinearWarmUpCosine(
        long epochs, long stepsPerEpoch, double peak, double lowest, long warmUpSteps, double warmUpStart)
        implements LearningRate {
    public LinearWarmUpCosine {
        if (epochs < 1 || stepsPerEpoch < 1 || warmUpSteps < 0) {
            throw new IllegalArgumentException(
                    "A schedule needs epochs and steps of at least 1 and a warm-up of at least" + " 0 steps, was "
                            + epochs + ", " + stepsPerEpoch + ", " + warmUpSteps);
        }
        if (!(peak >= 0 && lowest >= 0)) {
            throw new IllegalArgumentException(
                    "The rate's peak and lowest must be at least 0, were " + peak + ", " + lowest);
        }
    }

    /** A schedule of one epoch. */
    public static LinearWarmUpCosine of(long steps, double peak, double lowest, long warmUpSteps, double warmUpStart) {
        return new LinearWarmUpCosine(1, steps, peak, lowest, warmUpSteps, warmUpStart);
    }

    @Override
    public double at(long step) {
        double start = warmUpStart >= 0 ? warmUpStart : peak;
        if (step < warmUpSteps) {
            long inEpoch = step % stepsPerEpoch;
            return Math.min(peak, start + (peak - start) * inEpoch / Math.max(warmUpSteps, 1));
        }
        double done = (double) step / (epochs * stepsPerEpoch);
        return (peak - lowest) * 0.5 * (1 + Math.cos(Math.PI * done)) + lowest;
    }
}
