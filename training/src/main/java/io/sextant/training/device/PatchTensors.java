package io.sextant.training.device;

import io.sextant.core.dimension.VisionDimensions;

/**
 * A batch of images as the program's arguments. N = images, P = patches.
 *
 * @param images (N, 3, H, W) or (N, H, W, 3)
 * @param classes (N, P)
 * @param edges (N, P, 4)
 * @param weights (N, P)
 */
record PatchTensors(BatchTensor images, BatchTensor classes, BatchTensor edges, BatchTensor weights)
        implements AutoCloseable {

    static PatchTensors of(TrainingProgram program, PatchBatch batch, VisionDimensions vision) {
        return new PatchTensors(
                batch.shown().on(program, vision.imageSize()),
                program.tensor(batch.classes(), batch.images(), vision.patches()),
                program.tensor(batch.edges(), batch.images(), vision.patches(), 4),
                program.tensor(batch.weights(), batch.images(), vision.patches()));
    }

    @Override
    public void close() {
        weights.close();
        edges.close();
        classes.close();
        images.close();
    }
}
