package io.sextant.training.device;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;

/**
 * A batch of pictures as the program's arguments. N = pictures, P = patches.
 *
 * @param pictures (N, 3, H, W) or (N, H, W, 3)
 * @param classes (N, P)
 * @param edges (N, P, 4)
 * @param weights (N, P)
 */
record PatchTensors(DeviceTensor pictures, DeviceTensor classes, DeviceTensor edges, DeviceTensor weights)
        implements AutoCloseable {

    static PatchTensors of(DeviceProgram program, PatchBatch batch, VisionDimensions vision) {
        return new PatchTensors(
                batch.shown().on(program, vision.imageSize()),
                program.tensor(batch.classes(), batch.pictures(), vision.patches()),
                program.tensor(batch.edges(), batch.pictures(), vision.patches(), 4),
                program.tensor(batch.weights(), batch.pictures(), vision.patches()));
    }

    @Override
    public void close() {
        weights.close();
        edges.close();
        classes.close();
        pictures.close();
    }
}
