package io.sextant.core.internal.weights.torch;

import io.sextant.core.internal.weights.Layout;
import io.sextant.core.internal.weights.RecordContent;
import io.sextant.core.internal.weights.WritableTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes files that torch.load (with weights_only) and {@link TorchFile} read: pickle protocol 2 in a zip. Equal content
 * gives equal bytes.
 *
 * <p>What is written: {@link Map} with text or integer keys as a dict, {@link StateDict} as an OrderedDict of tensors,
 * {@link List}, {@link String}, {@link Boolean}, {@link Integer}, {@link Long}, {@link Double}, {@link WritableTensor}.
 */
public final class TorchWriter {
    private final String rootFolder;
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final List<WritableTensor> storages = new ArrayList<>();

    private TorchWriter(String rootFolder) {
        this.rootFolder = rootFolder;
    }

    /**
     * A table of tensors, which becomes an OrderedDict under their names.
     *
     * @param tensors in the order they are written
     */
    public record StateDict(Collection<WritableTensor> tensors) {
        public StateDict {
            tensors = List.copyOf(tensors);
        }
    }

    /**
     * Writes a file that does not exist yet.
     *
     * @param rootFolder of the archive; torch uses the file's name without its ending
     * @param content see above
     * @throws IOException if the file exists or cannot be written
     */
    public static void write(Path file, String rootFolder, Object content) throws IOException {
        new TorchWriter(rootFolder).write(file, content);
    }

    private void write(Path file, Object content) throws IOException {
        pickle.write(0x80);
        pickle.write(2);
        value(content);
        pickle.write('.');
        try (ZipWriter zip = new ZipWriter(file)) {
            zip.add(rootFolder + "/data.pkl", RecordContent.of(pickle.toByteArray()));
            zip.add(rootFolder + "/byteorder", text("little"));
            for (int i = 0; i < storages.size(); i++) {
                zip.add(rootFolder + "/data/" + i, storages.get(i));
            }
            zip.add(rootFolder + "/version", text("3\n"));
            zip.finish();
        }
    }

    private static RecordContent text(String text) {
        return RecordContent.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> map) {
            pickle.write('}');
            pickle.write('(');
            map.forEach((key, item) -> {
                value(key);
                value(item);
            });
            pickle.write('u');
        } else if (value instanceof StateDict dict) {
            orderedDict();
            pickle.write('(');
            for (WritableTensor tensor : dict.tensors()) {
                value(tensor.name());
                value(tensor);
            }
            pickle.write('u');
        } else if (value instanceof List<?> list) {
            pickle.write(']');
            pickle.write('(');
            list.forEach(this::value);
            pickle.write('e');
        } else if (value instanceof WritableTensor tensor) {
            tensor(tensor);
        } else {
            scalar(value);
        }
    }

    private void scalar(Object value) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            pickle.write('X');
            pickle.writeBytes(little(4).putInt(bytes.length).array());
            pickle.writeBytes(bytes);
        } else if (value instanceof Boolean flag) {
            pickle.write(flag ? 0x88 : 0x89);
        } else if (value instanceof Integer || value instanceof Long) {
            whole(((Number) value).longValue());
        } else if (value instanceof Double number) {
            pickle.write('G');
            pickle.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
        } else {
            throw new IllegalArgumentException("cannot write " + value.getClass() + " to a torch file");
        }
    }

    private void whole(long value) {
        if (value == (int) value) {
            pickle.write('J');
            pickle.writeBytes(little(4).putInt((int) value).array());
        } else {
            pickle.write(0x8A);
            pickle.write(8);
            pickle.writeBytes(little(8).putLong(value).array());
        }
    }

    /** torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks). */
    private void tensor(WritableTensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2");
        pickle.write('(');
        pickle.write('(');
        value("storage");
        global("torch", tensor.type().torchStorageName());
        value(Integer.toString(storages.size()));
        value("cpu");
        value(tensor.elementCount());
        pickle.write('t');
        pickle.write('Q');
        storages.add(tensor);
        value(0);
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        tuple(shape);
        tuple(Layout.contiguousStrides(shape));
        value(false);
        orderedDict();
        pickle.write('t');
        pickle.write('R');
    }

    private void tuple(long[] values) {
        pickle.write('(');
        for (long value : values) {
            value(value);
        }
        pickle.write('t');
    }

    private void orderedDict() {
        global("collections", "OrderedDict");
        pickle.write(')');
        pickle.write('R');
    }

    private void global(String module, String name) {
        pickle.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
