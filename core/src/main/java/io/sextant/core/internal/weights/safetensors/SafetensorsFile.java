package io.sextant.core.internal.weights.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.DataScan;
import io.sextant.core.internal.weights.Digests;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.FileBytes;
import io.sextant.core.internal.weights.Layout;
import io.sextant.core.internal.weights.ReadProgress;
import io.sextant.core.internal.weights.SavedInstead;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.WeightFile;
import io.sextant.core.internal.weights.json.JsonFields;
import io.sextant.core.internal.weights.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: 8 bytes of header length, a JSON header, then the tensors' bytes without gaps.
 *
 * <p>Checks what the format's own reader checks (safetensors 0.4, {@code Metadata::validate}): the header lies inside the
 * file, ranges follow each other without hole or overlap, fit shape and type, and end with the file.
 */
public final class SafetensorsFile implements WeightFile {
    private static final Set<String> TENSOR_FIELDS = Set.of("dtype", "shape", "data_offsets");

    private final Path path;
    private final long size;
    private final Map<String, StoredTensor> tensors;
    private final byte[] headerDigest;

    private SafetensorsFile(Path path, long size, Map<String, StoredTensor> tensors, byte[] headerDigest) {
        this.path = path;
        this.size = size;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.headerDigest = headerDigest;
    }

    /**
     * Reads the header.
     *
     * @throws ModelFilesException naming the file and the tensor or field at fault
     */
    public static SafetensorsFile open(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            SavedInstead.refuseForBinary(channel, path, "a safetensors file");
            long headerLength = headerLength(channel, path, size);
            ByteBuffer header = FileBytes.read(channel, 8, (int) headerLength, path);
            if (header.get(0) != '{') {
                throw refuse(
                        path, "the header does not begin with '{', so this is no safetensors file; fetch it again.");
            }
            byte[] digest = Digests.ofHeader(header.duplicate(), size);
            JsonObject json = JsonText.parse(header, path + ": the header");
            return new SafetensorsFile(path, size, new HeaderReader(path, 8 + headerLength, size).read(json), digest);
        } catch (IOException e) {
            throw FileBytes.unreadable(path, e);
        }
    }

    private static long headerLength(FileChannel channel, Path path, long size) throws IOException {
        if (size < 8) {
            throw refuse(
                    path,
                    "is " + size
                            + " bytes, too short for its header length; the file is empty or cut, fetch it again.");
        }
        long length = FileBytes.read(channel, 0, 8, path).getLong();
        if (length < 2 || length > size - 8) {
            throw refuse(
                    path,
                    "header length " + Long.toUnsignedString(length) + " does not fit a file of " + size
                            + " bytes; the file is cut or no safetensors file, fetch it again.");
        }
        if (length > JsonText.MAX_BYTES) {
            throw refuse(path, "header length " + length + " is over the limit of " + JsonText.MAX_BYTES + " bytes.");
        }
        return length;
    }

    private static ModelFilesException refuse(Path path, String problem) {
        return new ModelFilesException(path + ": " + problem);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String format() {
        return "safetensors";
    }

    @Override
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    @Override
    public void check(Collection<StoredTensor> used, ReadProgress progress) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            DataScan scan = new DataScan(channel, path, progress);
            for (StoredTensor tensor : used) {
                scan.scan(tensor.byteOffset(), tensor.byteCount(), List.of(tensor))
                        .requireFinite();
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(path, e);
        }
    }

    @Override
    public byte[] headerDigest() {
        return headerDigest.clone();
    }

    /** Turns the header's entries into tensors. */
    private static final class HeaderReader {
        private final Path path;
        private final long dataStart;
        private final long dataLength;

        public HeaderReader(Path path, long dataStart, long size) {
            this.path = path;
            this.dataStart = dataStart;
            this.dataLength = size - dataStart;
        }

        public Map<String, StoredTensor> read(JsonObject header) {
            List<StoredTensor> found = new ArrayList<>();
            for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    found.add(tensor(entry.getKey(), entry.getValue()));
                }
            }
            found.sort(Comparator.comparingLong(StoredTensor::byteOffset).thenComparingLong(StoredTensor::byteCount));
            requireApart(found);
            long end = dataStart;
            Map<String, StoredTensor> tensors = new LinkedHashMap<>();
            for (StoredTensor tensor : found) {
                if (tensor.byteOffset() != end) {
                    throw refuse(
                            path,
                            "tensor \"" + tensor.name() + "\" begins at byte " + tensor.byteOffset()
                                    + ", after a gap (expected byte " + end
                                    + "); the header is damaged, fetch the file again.");
                }
                end += tensor.byteCount();
                tensors.put(tensor.name(), tensor);
            }
            if (end != dataStart + dataLength) {
                throw refuse(
                        path,
                        "the file's size is " + (dataStart + dataLength) + " bytes, its header describes " + end
                                + "; fetch the file again.");
            }
            return tensors;
        }

        private void requireApart(List<StoredTensor> sorted) {
            for (int i = 1; i < sorted.size(); i++) {
                if (sorted.get(i).byteOffset() < sorted.get(i - 1).byteEnd()) {
                    throw refuse(
                            path,
                            "the tensors \"" + sorted.get(i - 1).name() + "\" and \""
                                    + sorted.get(i).name() + "\" overlap at byte "
                                    + sorted.get(i).byteOffset() + "; the header is damaged, fetch the file again.");
                }
            }
        }

        private StoredTensor tensor(String name, JsonElement element) {
            if (!element.isJsonObject()) {
                throw refuse(path, "header entry \"" + name + "\" is no object; fetch the file again.");
            }
            JsonFields fields = new JsonFields(element.getAsJsonObject(), path + ": tensor \"" + name + "\"");
            fields.requireOnly(TENSOR_FIELDS);
            String typeName = fields.string("dtype");
            ElementType type = ElementType.ofSafetensors(typeName)
                    .orElseThrow(() -> refuse(
                            path,
                            "tensor \"" + name + "\" has the dtype \"" + typeName
                                    + "\", which is not supported; use weights in F32, F16 or BF16."));
            long[] shape = wholes(fields, "shape");
            long[] offsets = wholes(fields, "data_offsets");
            if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
                throw fields.wrong("data_offsets", "a begin and an end that does not lie before it");
            }
            if (offsets[1] > dataLength) {
                throw refuse(
                        path,
                        "tensor \"" + name + "\" ends at byte " + offsets[1]
                                + " of the data, but the file's size leaves only " + dataLength
                                + "; the file is cut, fetch it again.");
            }
            checkShape(fields, shape, type, offsets[1] - offsets[0]);
            return new StoredTensor(name, type, shape, Layout.contiguousStrides(shape), path, dataStart + offsets[0]);
        }

        private static void checkShape(JsonFields fields, long[] shape, ElementType type, long bytes) {
            if (shape.length > Layout.MAX_DIMENSIONS) {
                throw fields.wrong("shape", "of at most " + Layout.MAX_DIMENSIONS + " dimensions");
            }
            for (long size : shape) {
                if (size < 0) {
                    throw fields.wrong("shape", "without negative sizes");
                }
            }
            try {
                Layout.contiguousStrides(shape);
                if (Math.multiplyExact(Layout.elementCount(shape), type.bytes()) != bytes) {
                    throw fields.wrong(
                            "shape",
                            "of as many " + type + " elements as the " + bytes + " bytes of its data_offsets hold");
                }
            } catch (ArithmeticException e) {
                throw fields.wrong("shape", "of sizes whose product fits 64 bits");
            }
        }

        private static long[] wholes(JsonFields fields, String key) {
            JsonArray array = fields.array(key);
            long[] values = new long[array.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = fields.whole(array.get(i), key);
            }
            return values;
        }
    }
}
