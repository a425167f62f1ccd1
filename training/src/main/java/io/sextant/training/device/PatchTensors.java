package io.sextant.training.device;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;

/**
 * A batch of pictures as the program's arguments. N = pictures, P = patches.
 *
 * @param pixels (N, 3, H, W)
 * @param classes (N, P)
 * @param edges (N, P, 4)
 */
record PatchTensors(DeviceTensor pixels, DeviceTensor classes, DeviceTensor edges) implements AutoCloseable {

    static PatchTensors of(DeviceProgram program, PatchBatch batch, VisionDimensions vision) {
        int side = vision.imageSize();
        return new PatchTensors(
                program.tensor(batch.pixels(), batch.pictures(), 3, side, side),
                program.tensor(batch.classes(), batch.pictures(), vision.patches()),
                program.tensor(batch.edges(), batch.pictures(), vision.patches(), 4));
    }

    @Override
    public void close() {
        edges.close();
        classes.close();
        pixels.close();
    }
}
