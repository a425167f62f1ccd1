package io.sextant.core.internal.device;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.error.SextantException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.FloatFormat;
import io.sextant.core.internal.weights.StoredTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded device program with its weights.
 *
 * <p>Methods are called by name; arguments are tensors, whole numbers, floating-point numbers, truth values, text and {@code
 * long[]}. Calls from several threads must not overlap: the programs keep caches that a call writes to.
 */
public final class DeviceProgram implements AutoCloseable {
    /** Products from here on are faster with all threads: measured on 2 cores, 1 million were not and 8 million were. */
    private static final long SHARED_SIZE = 4_000_000;

    /** Texts that every program begins with. */
    private static final List<String> COMMON =
            List.of("/io/sextant/core/internal/device/common.py", "/io/sextant/core/internal/device/linear.py");

    /** What libtorch says where an allocation failed: its own on both kinds of device, and that of the libraries of products. */
    private static final List<String> OUT_OF_MEMORY =
            List.of("out of memory", "can't allocate memory", "status_alloc_failed");

    private final PtNDManager manager;
    private final PtSymbolBlock module;
    private final ComputeDevice device;
    private final ElementType precision;
    private final AtomicInteger openTensors = new AtomicInteger();

    private DeviceProgram(PtNDManager manager, PtSymbolBlock module, ComputeDevice device, ElementType precision) {
        this.manager = manager;
        this.module = module;
        this.device = device;
        this.precision = precision;
    }

    /**
     * @param resource absolute class-path name of the program's text
     * @param device where its weights go
     * @param precision what its weights are kept in: FLOAT32 or BFLOAT16
     */
    public static DeviceProgram load(String resource, ComputeDevice device, ElementType precision) {
        return load(List.of(resource), device, precision);
    }

    /**
     * As {@link #load(String, ComputeDevice, ElementType)}, of several texts that call each other's methods.
     *
     * @param resources absolute class-path names, in any order
     */
    public static DeviceProgram load(List<String> resources, ComputeDevice device, ElementType precision) {
        Torch.prepare();
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(device.toDjl(), "PyTorch");
        List<String> texts = new ArrayList<>(COMMON);
        texts.addAll(resources);
        byte[] archive = ProgramArchive.of(texts.toArray(new String[0]));
        try {
            PtSymbolBlock module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
            return new DeviceProgram(manager, module, device, precision);
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(e);
        } catch (EngineException e) {
            manager.close();
            throw new ModelDefectException(
                    "The device program " + resources + " does not compile: " + e.getMessage(), e);
        }
    }

    /** Tensors made by this program's methods that their owners have not closed yet; weights are not among them. */
    public int openTensors() {
        return openTensors.get();
    }

    /** What the weights are kept in. */
    public ElementType precision() {
        return precision;
    }

    /** Where the weights are. */
    public ComputeDevice device() {
        return device;
    }

    /** DJL's arrays for this program's device; closed with the program. */
    public PtNDManager manager() {
        return manager;
    }

    /** libtorch's module, for what a call by name cannot do; closed with the program. The calling thread is made ready for it. */
    public PtSymbolBlock module() {
        Torch.prepare();
        return module;
    }

    /**
     * Keeps tensors of files under the names given, memory-mapped where their place and type allow it; each file is mapped
     * once.
     *
     * @throws ModelFilesException if a file cannot be read
     */
    public void mapAll(Map<String, StoredTensor> tensors) {
        tensors.forEach((name, tensor) -> map(name, tensor, precision));
        execute("finish_mapping");
    }

    /** As {@link #mapAll}, each tensor under its own name and in its own type. */
    public void mapAsTheyAre(Collection<StoredTensor> tensors) {
        tensors.forEach(tensor -> map(tensor.name(), tensor, tensor.type()));
        execute("finish_mapping");
    }

    /**
     * Keeps a copy of numbers of the host under a name, in their own type.
     *
     * @param bytes the numbers one after another, little-endian
     */
    public void put(String name, ElementType type, ByteBuffer bytes, long... shape) {
        if (type.isFloat()) {
            float[] values = new float[bytes.remaining() / type.bytes()];
            FloatFormat.decode(type, bytes, values, 0, values.length);
            put(name, type, values, shape); // DJL makes no tensor of bfloat16
            return;
        }
        DataType own = DataType.fromSafetensors(type.safetensorsName());
        try (DeviceTensor tensor = tensor((PtNDArray) manager.create(bytes, new Shape(shape), own))) {
            execute("put_weight", name, tensor, type.torchCode(), device.name());
        }
    }

    private void map(String name, StoredTensor tensor, ElementType type) {
        if (!isMappable(tensor)) {
            put(name, type, tensor.readFloats(), tensor.shape());
            return;
        }
        long size = tensor.type().bytes();
        try {
            run(
                            "map_weight",
                            name,
                            tensor.file().toString(),
                            Files.size(tensor.file()) / size,
                            tensor.type().torchCode(),
                            tensor.shape(),
                            tensor.strides(),
                            tensor.byteOffset() / size,
                            type.torchCode(),
                            device.name())
                    .close();
        } catch (IOException e) {
            throw new ModelFilesException("Cannot read " + tensor.file() + ": " + e.getMessage(), e);
        }
    }

    /** Keeps numbers of the host under a name, in this program's precision. */
    public void put(String name, float[] values, long... shape) {
        put(name, precision, values, shape);
    }

    private void put(String name, ElementType type, float[] values, long... shape) {
        try (DeviceTensor tensor = tensor(values, shape)) {
            run("put_weight", name, tensor, type.torchCode(), device.name()).close();
        }
    }

    /** A float32 tensor with the host's numbers, where the weights are. */
    public DeviceTensor tensor(float[] values, long... shape) {
        return tensor((PtNDArray) manager.create(values, new Shape(shape)));
    }

    /** An int64 tensor with the host's numbers, where the weights are. */
    public DeviceTensor tensor(long[] values, long... shape) {
        return tensor((PtNDArray) manager.create(values, new Shape(shape)));
    }

    /**
     * A tensor of an array of {@link #manager}.
     *
     * @param host closed with the tensor
     */
    public DeviceTensor tensor(PtNDArray host) {
        return new DeviceTensor(host, openTensors);
    }

    /** Calls a method that returns a tensor; the caller owns it. */
    public DeviceTensor call(String method, Object... arguments) {
        return new DeviceTensor(run(method, arguments), openTensors);
    }

    /**
     * As {@link #call}, in the calling thread alone where the work is too small to be worth sharing.
     *
     * @param size of the work: multiplications of one of its larger products
     */
    public DeviceTensor callSized(long size, String method, Object... arguments) {
        return isShared(size) ? call(method, arguments) : Torch.inOneThread(() -> call(method, arguments));
    }

    /** Whether work of a size, as {@link #callSized} takes it, is computed in all threads. */
    public boolean isShared(long size) {
        return size >= SHARED_SIZE;
    }

    /**
     * As {@link #call}, in another number of threads than the process computes in.
     *
     * @param threads at least 1
     */
    public DeviceTensor callInThreads(int threads, String method, Object... arguments) {
        return Torch.inThreads(threads, () -> call(method, arguments));
    }

    /** Calls a method whose result does not matter. */
    public void execute(String method, Object... arguments) {
        run(method, arguments).close();
    }

    /** Calls a method that returns a list of names. */
    public List<String> names(String method) {
        List<String> names = new ArrayList<>();
        try (IValue result = run(method)) {
            for (IValue name : result.toIValueArray()) {
                names.add(name.toStringValue());
                name.close();
            }
        }
        return names;
    }

    /** The numbers of a tensor as float32, row by row. */
    public float[] floats(DeviceTensor tensor) {
        try (IValue host = run("to_host", tensor);
                NDArray array = host.toTensor(manager)) {
            return array.toFloatArray();
        }
    }

    /** The sizes of a tensor, outermost first. */
    public long[] shape(DeviceTensor tensor) {
        try (IValue host = run("to_host", tensor);
                NDArray array = host.toTensor(manager)) {
            return array.getShape().getShape();
        }
    }

    /** Frees the program and its weights; may be called twice. */
    @Override
    public void close() {
        if (manager.isOpen()) {
            module.close();
            manager.close();
        }
    }

    /** libtorch maps whole elements, so an odd place in the file needs a copy. */
    private static boolean isMappable(StoredTensor tensor) {
        return tensor.byteOffset() % tensor.type().bytes() == 0;
    }

    private IValue run(String method, Object... arguments) {
        Torch.prepare();
        IValue[] values = new IValue[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = argument(arguments[i]);
            }
            return RunningCalls.HERE.make(() -> IValueUtils.runMethod(module, method, values));
        } catch (EngineException e) {
            throw failure(method, e);
        } finally {
            // Else a collector may free the program of a caller that needs it no more, while libtorch is in it.
            Reference.reachabilityFence(this);
            for (int i = 0; i < arguments.length; i++) {
                if (values[i] != null && !(arguments[i] instanceof DeviceTensor)) {
                    values[i].close();
                }
            }
        }
    }

    private static IValue argument(Object argument) {
        if (argument instanceof DeviceTensor tensor) {
            return tensor.value();
        }
        if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        }
        if (argument instanceof Double number) {
            return IValue.from(number.doubleValue());
        }
        if (argument instanceof Boolean flag) {
            return IValue.from(flag.booleanValue());
        }
        if (argument instanceof String text) {
            return IValue.from(text);
        }
        if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        }
        throw new IllegalArgumentException("no device type for " + argument.getClass());
    }

    /** What libtorch's failure in a method means: memory that ran out, or a defect. */
    public SextantException failure(String method, EngineException cause) {
        String message = String.valueOf(cause.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (OUT_OF_MEMORY.stream().anyMatch(lower::contains)) {
            OptionalLong free = FreeMemory.toldBy(message);
            return new ResourceExhaustedException(
                    "Not enough memory on " + device.name()
                            + (free.isPresent() ? ", which has " + (free.getAsLong() >> 20) + " MiB free," : "")
                            + " for \""
                            + method
                            + "\"; use a smaller precision, sextant.model.cache-size or sextant.model.max-sequences, or"
                            + " a larger machine.",
                    cause);
        }
        return new ModelDefectException(
                "Device program step \"" + method + "\" failed: "
                        + Arrays.stream(message.split("\n")).limit(12).reduce("", (a, b) -> a + "\n" + b),
                cause);
    }
}
