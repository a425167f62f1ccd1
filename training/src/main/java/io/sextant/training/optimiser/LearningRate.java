package io.sextant.training.optimiser;

/** The learning rate's course. */
@FunctionalInterface
public interface LearningRate {

    /** @param step counted from 0 */
    double at(long step);
}
