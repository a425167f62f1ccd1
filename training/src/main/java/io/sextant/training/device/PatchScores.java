package io.sextant.training.device;

/**
 * How well patches are told.
 *
 * @param loss of classes and edges together
 * @param classLoss cross entropy
 * @param edgeLoss mean distance of an edge, as a share of the side
 * @param objectAccuracy share of object patches whose noun is right
 * @param emptyAccuracy share of empty patches found empty
 * @param overlap mean IoU of the box an object patch tells with the true one
 */
public record PatchScores(
        double loss, double classLoss, double edgeLoss, double objectAccuracy, double emptyAccuracy, double overlap) {

    static PatchScores of(float[] values) {
        return new PatchScores(values[0], values[1], values[2], values[3], values[4], values[5]);
    }
}
