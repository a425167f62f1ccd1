package io.sextant.training.objective;

import io.sextant.training.device.TrainableModel;

/** A batch in the host's memory, ready to be computed. */
public interface PreparedBatch {

    /**
     * Forward and backward.
     *
     * @param share of this batch in its step, 1 / number of batches accumulated
     * @return the loss
     */
    double train(TrainableModel model, float share);

    /** Whether its gradient reaches a parameter; a batch without images reaches neither encoder nor projection. */
    boolean reaches(String parameter);
}
