package io.sextant.training.objective;

import io.sextant.training.device.TrainableModel;
import java.util.Map;

/**
 * What a stage learns. Batches depend on nothing but their number, so that a run that was stopped goes on as if it had not been.
 */
public interface Objective {

    /**
     * Makes a batch. Called by a background thread, one batch after the other.
     *
     * @param number of the batch in the stage, from 0
     */
    PreparedBatch prepare(long number);

    /**
     * Scores on held-out scenes, always the same ones, by name; larger is better unless the name ends in {@code loss}.
     */
    Map<String, Double> measure(TrainableModel model);
}
