package io.sextant.core.internal.device;

import ai.djl.pytorch.jni.IValue;

/**
 * A tensor on the device, held by one owner who closes it.
 *
 * <p>It is a handle of libtorch's and may be of any type, bfloat16 included, which DJL's own arrays must never be asked about
 * (its native code ends the process). What a tensor holds is read through {@link DeviceProgram#floats}.
 */
public final class DeviceTensor implements AutoCloseable {
    private final IValue value;

    DeviceTensor(IValue value) {
        this.value = value;
    }

    IValue value() {
        return value;
    }

    /** Frees the tensor; may be called twice. */
    @Override
    public void close() {
        value.close();
    }
}
