package io.sextant.training.device;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The device program of training: core's own texts with losses and optimiser on top, and calls that record gradients.
 *
 * <p>As {@link DeviceProgram}: methods are called by name, and calls from several threads must not overlap. Arguments may be {@link
 * BatchTensor}s as well.
 */
public final class TrainingProgram implements AutoCloseable {
    static final List<String> TEXTS = List.of(
            "/io/sextant/core/internal/vision/encoder.py",
            "/io/sextant/core/internal/language/decoder.py",
            "/io/sextant/training/device/training.py");

    private final DeviceProgram program;

    private TrainingProgram(DeviceProgram program) {
        this.program = program;
    }

    /**
     * @param device where it computes
     * @param precision of the products: FLOAT32 or BFLOAT16
     */
    static TrainingProgram load(ComputeDevice device, ElementType precision) {
        return load(TEXTS, device, precision);
    }

    static TrainingProgram load(List<String> texts, ComputeDevice device, ElementType precision) {
        return new TrainingProgram(DeviceProgram.load(texts, device, precision));
    }

    /** What the products are computed in. */
    ElementType precision() {
        return program.precision();
    }

    /** Where it computes. */
    ComputeDevice device() {
        return program.device();
    }

    /**
     * Keeps a float32 copy of the host's numbers that {@link #record} can compute with.
     *
     * <p>What {@link DeviceProgram#put} and {@link DeviceProgram#mapAll} keep is for inference alone: libtorch takes no such tensor
     * into a gradient.
     *
     * @param isTrainable whether the tensor collects a gradient
     */
    public void keep(String name, float[] values, boolean isTrainable, long... shape) {
        try (NDArray host = program.manager().create(values, new Shape(shape));
                PtNDArray own = (PtNDArray) host.duplicate();
                IValue nameValue = IValue.from(name);
                IValue tensorValue = IValue.from(own)) {
            own.setRequiresGradient(isTrainable);
            IValueUtils.runMethod(program.module(), "keep_weight", nameValue, tensorValue)
                    .close();
        }
    }

    /**
     * Calls a method with gradients recorded, so that it may end in {@code torch.backward}.
     *
     * @param inputs at least one; they stay with the caller
     * @return the numbers of the one tensor that the method returns
     */
    public float[] record(String method, BatchTensor... inputs) {
        PtSymbolBlock module = program.module();
        boolean wasRecording = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try (NDArray choice = program.manager().create(0f)) {
            choice.setName("module_method:" + method);
            NDList arguments = new NDList();
            for (BatchTensor input : inputs) {
                arguments.add(input.host());
            }
            arguments.add(choice);
            try (NDList results = IValueUtils.forward(module, arguments, true)) {
                return results.singletonOrThrow().toFloatArray();
            }
        } catch (EngineException e) {
            throw program.failure(method, e);
        } finally {
            JniUtils.setGradMode(wasRecording);
        }
    }

    /** A float32 tensor with the host's numbers. */
    public BatchTensor tensor(float[] values, long... shape) {
        return tensor((PtNDArray) program.manager().create(values, new Shape(shape)));
    }

    /** An int64 tensor with the host's numbers. */
    public BatchTensor tensor(long[] values, long... shape) {
        return tensor((PtNDArray) program.manager().create(values, new Shape(shape)));
    }

    /** A uint8 tensor with the host's bytes. */
    public BatchTensor tensor(byte[] values, long... shape) {
        return tensor(program.manager().create(ByteBuffer.wrap(values), new Shape(shape), DataType.UINT8));
    }

    private BatchTensor tensor(PtNDArray host) {
        return new BatchTensor(host, program.tensor(host));
    }

    /** Calls a method that returns a tensor; the caller owns it. No gradient is recorded. */
    public DeviceTensor call(String method, Object... arguments) {
        return program.call(method, onDevice(arguments));
    }

    /** Calls a method whose result does not matter. No gradient is recorded. */
    public void execute(String method, Object... arguments) {
        program.execute(method, onDevice(arguments));
    }

    /** The numbers of a tensor as float32, row by row. */
    public float[] floats(DeviceTensor tensor) {
        return program.floats(tensor);
    }

    /** Frees the program and its weights; may be called twice. */
    @Override
    public void close() {
        program.close();
    }

    private static Object[] onDevice(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument instanceof BatchTensor tensor ? tensor.device() : argument)
                .toArray();
    }
}
