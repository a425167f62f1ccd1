package io.sextant.core.internal.device;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A tensor on the device, held by one owner who closes it.
 *
 * <p>It is a handle of libtorch's and may be of any type, bfloat16 included, which DJL's own arrays must never be asked about
 * (its native code ends the process). What a tensor holds is read through {@link DeviceProgram#floats}.
 */
public final class DeviceTensor implements AutoCloseable {
    private final IValue value;

    // Held because libtorch reads the numbers where the host put them, which are gone once this array is.
    private final @Nullable NDArray host;

    private final AtomicInteger open;
    private boolean isClosed;

    /** @param open counts the tensors that are not closed */
    DeviceTensor(IValue value, AtomicInteger open) {
        this(value, null, open);
    }

    /**
     * Takes ownership of numbers of the host.
     *
     * @param open counts the tensors that are not closed
     */
    DeviceTensor(PtNDArray host, AtomicInteger open) {
        this(IValue.from(host), host, open);
    }

    private DeviceTensor(IValue value, @Nullable NDArray host, AtomicInteger open) {
        this.value = value;
        this.host = host;
        this.open = open;
        open.incrementAndGet();
    }

    IValue value() {
        return value;
    }

    /** Frees the tensor; may be called twice. */
    @Override
    public void close() {
        value.close();
        if (host != null) {
            host.close();
        }
        if (!isClosed) {
            isClosed = true;
            open.decrementAndGet();
        }
    }
}
