package io.sextant.training.device;

import ai.djl.pytorch.engine.PtNDArray;
import io.sextant.core.internal.device.DeviceTensor;

/**
 * Numbers of the host on the device, which gradients can be recorded from. Held by one owner who closes it.
 *
 * @param host as DJL takes it
 * @param device as a program's methods take it
 */
public record BatchTensor(PtNDArray host, DeviceTensor device) implements AutoCloseable {
    /** Frees the tensor; may be called twice. */
    @Override
    public void close() {
        device.close();
    }
}
