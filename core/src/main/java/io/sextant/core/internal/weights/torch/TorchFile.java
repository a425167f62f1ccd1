package io.sextant.core.internal.weights.torch;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.DataScan;
import io.sextant.core.internal.weights.Digests;
import io.sextant.core.internal.weights.FileBytes;
import io.sextant.core.internal.weights.ReadProgress;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.WeightFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file written by torch.save: a zip of stored entries, {@code <root>/data.pkl} with the structure and {@code <root>/data/n}
 * with the storages (torch/serialization.py). Opening reads the directory and the pickle, not the storages.
 */
public final class TorchFile implements WeightFile {
    private final Path path;
    private final long size;
    private final PickleValue root;
    private final NavigableMap<Long, ZipRecord> recordsByStart;
    private final byte[] headerDigest;

    private TorchFile(
            Path path, long size, PickleValue root, NavigableMap<Long, ZipRecord> recordsByStart, byte[] headerDigest) {
        this.path = path;
        this.size = size;
        this.root = root;
        this.recordsByStart = recordsByStart;
        this.headerDigest = headerDigest;
    }

    /**
     * Reads directory and pickle.
     *
     * @throws ModelFilesException naming the file, and the record, name or byte at fault
     */
    public static TorchFile open(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            TorchFileKind.requireZip(channel, path, size);
            Map<String, ZipRecord> records = ZipDirectory.read(channel, path);
            ZipRecord pickle = pickle(records, path);
            String rootFolder = pickle.name().substring(0, pickle.name().length() - "data.pkl".length());
            requireLittleEndian(channel, path, Optional.ofNullable(records.get(rootFolder + "byteorder")));
            ByteBuffer bytes = small(channel, path, pickle);
            PickleValue root = new PickleReader(
                            bytes, path + ": " + pickle.name(), new TorchStorages(path, rootFolder, records))
                    .read();
            return new TorchFile(path, size, root, byStart(records), digest(records, bytes, size));
        } catch (IOException e) {
            throw FileBytes.unreadable(path, e);
        }
    }

    private static ZipRecord pickle(Map<String, ZipRecord> records, Path path) {
        List<ZipRecord> found = new ArrayList<>();
        for (ZipRecord record : records.values()) {
            int slash = record.name().indexOf('/');
            if (slash >= 0 && record.name().substring(slash).equals("/data.pkl")) {
                found.add(record);
            }
        }
        if (found.size() != 1) {
            throw refuse(
                    path,
                    "is a zip with " + (found.isEmpty() ? "no" : "more than one")
                            + " data.pkl in its root folder, so torch.save did not write it; fetch the right file.");
        }
        return found.get(0);
    }

    private static void requireLittleEndian(FileChannel channel, Path path, Optional<ZipRecord> record)
            throws IOException {
        if (record.isPresent()) {
            String order = StandardCharsets.UTF_8
                    .decode(small(channel, path, record.get()))
                    .toString();
            if (!order.equals("little")) {
                throw refuse(path, "was saved on a big-endian machine; save it anew on a little-endian one.");
            }
        }
    }

    /** A record's bytes, checked. */
    private static ByteBuffer small(FileChannel channel, Path path, ZipRecord record) throws IOException {
        if (record.size() > PickleReader.MAX_BYTES) {
            throw refuse(
                    path,
                    record.name() + " is " + record.size() + " bytes, over the limit of " + PickleReader.MAX_BYTES
                            + ".");
        }
        ByteBuffer bytes = FileBytes.read(channel, record.dataOffset(), (int) record.size(), path);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.duplicate());
        requireChecksum(path, record, checksum.getValue());
        return bytes;
    }

    private static void requireChecksum(Path path, ZipRecord record, long actual) {
        if (actual != record.crc32()) {
            throw refuse(
                    path,
                    "checksum of " + record.name() + " is " + Long.toHexString(actual) + ", its directory says "
                            + Long.toHexString(record.crc32()) + "; the file is damaged, fetch it again.");
        }
    }

    private static NavigableMap<Long, ZipRecord> byStart(Map<String, ZipRecord> records) {
        TreeMap<Long, ZipRecord> byStart = new TreeMap<>();
        for (ZipRecord record : records.values()) {
            byStart.put(record.headerOffset(), record);
        }
        return byStart;
    }

    private static byte[] digest(Map<String, ZipRecord> records, ByteBuffer pickle, long size) {
        var digest = DigestUtils.getSha256Digest();
        digest.update(pickle.rewind());
        for (ZipRecord record : records.values()) {
            Digests.addText(digest, record.name());
            Digests.addNumber(digest, record.crc32());
        }
        Digests.addNumber(digest, size);
        return digest.digest();
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
        return "torch.save zip";
    }

    /** The file's dict as a flat table of tensors. */
    @Override
    public Map<String, StoredTensor> tensors() {
        return tensors(root, "the file");
    }

    /** The table of tensors under a key of the file's dict. */
    public Map<String, StoredTensor> tensors(String key) {
        PickleValue value = dict(root, "the file").items.get(key);
        if (value == null) {
            throw refuse(
                    path,
                    "has no entry \"" + key + "\"; is it the right file? Its entries are " + shortened(keys()) + ".");
        }
        return tensors(value, "\"" + key + "\"");
    }

    /** The keys of the file's dict that are text. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Object key : dict(root, "the file").items.keySet()) {
            if (key instanceof String text) {
                keys.add(text);
            }
        }
        return keys;
    }

    private Map<String, StoredTensor> tensors(PickleValue value, String what) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        dict(value, what).items.forEach((key, item) -> {
            if (!(key instanceof String name)) {
                throw refuse(path, what + " has the key " + key + ", which is not text; is it a state dict?");
            }
            if (!(item instanceof PickleValue.TensorReference reference)) {
                throw refuse(
                        path,
                        what + " holds " + item.kind() + " under \"" + name + "\", not a tensor; is it a state dict?");
            }
            tensors.put(name, reference.tensor().renamed(name));
        });
        return Collections.unmodifiableMap(tensors);
    }

    private PickleValue.Dict dict(PickleValue value, String what) {
        if (value instanceof PickleValue.Dict dict) {
            return dict;
        }
        throw refuse(path, what + " holds " + value.kind() + " where a dict is needed; is it the right file?");
    }

    private static String shortened(List<String> keys) {
        return keys.size() <= 8 ? keys.toString() : keys.subList(0, 8) + " and " + (keys.size() - 8) + " more";
    }

    @Override
    public void check(Collection<StoredTensor> used, ReadProgress progress) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            DataScan scan = new DataScan(channel, path, progress);
            for (Map.Entry<ZipRecord, List<StoredTensor>> entry : byRecord(used).entrySet()) {
                ZipRecord record = entry.getKey();
                DataScan.Finding finding = scan.scan(record.dataOffset(), record.size(), entry.getValue());
                requireChecksum(path, record, finding.crc32());
                finding.requireFinite();
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(path, e);
        }
    }

    private Map<ZipRecord, List<StoredTensor>> byRecord(Collection<StoredTensor> used) {
        Map<ZipRecord, List<StoredTensor>> byRecord = new LinkedHashMap<>();
        for (StoredTensor tensor : used) {
            if (tensor.elementCount() > 0) {
                byRecord.computeIfAbsent(
                                recordsByStart.floorEntry(tensor.byteOffset()).getValue(), r -> new ArrayList<>())
                        .add(tensor);
            }
        }
        return byRecord;
    }

    @Override
    public byte[] headerDigest() {
        return headerDigest.clone();
    }
}
