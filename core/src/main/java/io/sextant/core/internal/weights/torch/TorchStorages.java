package io.sextant.core.internal.weights.torch;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.Layout;
import io.sextant.core.internal.weights.StoredTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the persistent ids of a torch pickle into storages, and views of them into tensors. */
public final class TorchStorages {
    private final Path file;
    private final String rootFolder;
    private final Map<String, ZipRecord> records;
    private final Map<String, TorchStorage> known = new HashMap<>();

    /** @param rootFolder the archive's, with the slash at its end */
    public TorchStorages(Path file, String rootFolder, Map<String, ZipRecord> records) {
        this.file = file;
        this.rootFolder = rootFolder;
        this.records = records;
    }

    /** ('storage', storage class, key, device, element count), see torch/serialization.py, {@code persistent_id}. */
    TorchStorage resolve(List<PickleValue> id) {
        if (id.size() >= 5
                && id.get(0) instanceof PickleValue.Text kind
                && kind.value().equals("storage")
                && id.get(1) instanceof PickleValue.Global global
                && global.target().storageType().isPresent()
                && id.get(2) instanceof PickleValue.Text key
                && id.get(4) instanceof PickleValue.Whole count) {
            return resolve(key.value(), global.target().storageType().get(), count.value());
        }
        throw refuse("the pickle refers to something that is no torch storage; save the file anew with torch.save.");
    }

    private TorchStorage resolve(String key, ElementType type, long count) {
        String name = rootFolder + "data/" + key;
        ZipRecord record = records.get(name);
        if (record == null) {
            throw refuse("the record " + name + ", which holds a tensor's storage, is missing; fetch the file again.");
        }
        if (count < 0 || count > record.size() / type.bytes()) {
            throw refuse("storage size of the record " + name + " is " + record.size() + " bytes, too few for " + count
                    + " " + type + " elements; the file is damaged, fetch it again.");
        }
        TorchStorage storage = new TorchStorage(record, type, count);
        TorchStorage before = known.putIfAbsent(key, storage);
        if (before != null && !before.equals(storage)) {
            throw refuse("the record " + name + " is described in two ways, as " + before.type() + " and as " + type
                    + "; save the file anew with torch.save.");
        }
        return storage;
    }

    /** (storage, offset, sizes, strides, …), see torch/_utils.py, {@code _rebuild_tensor_v2}. */
    StoredTensor tensor(List<PickleValue> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof PickleValue.StorageReference reference
                && arguments.get(1) instanceof PickleValue.Whole offset
                && arguments.get(2) instanceof PickleValue.Tuple sizes
                && arguments.get(3) instanceof PickleValue.Tuple strides
                && sizes.items.size() == strides.items.size()
                && sizes.items.size() <= Layout.MAX_DIMENSIONS) {
            return tensor(reference.storage(), offset.value(), wholes(sizes), wholes(strides));
        }
        throw refuse("the pickle describes a tensor in an unknown way; save the file anew with torch.save.");
    }

    private StoredTensor tensor(TorchStorage storage, long offset, long[] shape, long[] strides) {
        String what = "a tensor of shape " + Arrays.toString(shape) + " in the record "
                + storage.record().name();
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] < 0 || strides[d] < 0) {
                throw refuse(what + " has a negative size or stride; save the file anew with torch.save.");
            }
        }
        try {
            long extent = Layout.extent(shape, strides);
            Layout.elementCount(shape);
            if (offset < 0 || extent > storage.elementCount() - offset) {
                throw refuse(what + " reaches beyond its storage size (" + offset + " + " + extent + " of "
                        + storage.elementCount() + " elements); the file is damaged, fetch it again.");
            }
            if (Layout.overlaps(shape, strides)) {
                throw refuse(
                        what + " with strides " + Arrays.toString(strides)
                                + " uses elements several times (an expanded view); make it contiguous and save the file anew.");
            }
        } catch (ArithmeticException e) {
            throw refuse(what + " is larger than any file; fetch the file again.");
        }
        long byteOffset =
                storage.record().dataOffset() + offset * storage.type().bytes();
        return new StoredTensor("?", storage.type(), shape, strides, file, byteOffset);
    }

    private long[] wholes(PickleValue.Tuple tuple) {
        long[] values = new long[tuple.items.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(tuple.items.get(i) instanceof PickleValue.Whole whole)) {
                throw refuse("the pickle gives a tensor a size that is no whole number; fetch the file again.");
            }
            values[i] = whole.value();
        }
        return values;
    }

    private ModelFilesException refuse(String problem) {
        return new ModelFilesException(file + ": " + problem);
    }
}
