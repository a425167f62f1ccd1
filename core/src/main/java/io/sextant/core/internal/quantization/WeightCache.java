package io.sextant.core.internal.quantization;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.file.AtomicFile;
import io.sextant.core.file.Leftovers;
import io.sextant.core.internal.weights.InParallel;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.TensorContent;
import io.sextant.core.internal.weights.safetensors.SafetensorsFile;
import io.sextant.core.internal.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that keeps rounded weights from one start to the next, one file for each model and kind. What was longest not used goes first
 * when it is full. Any number of processes may share a folder: each writes files of its own, and the last that is whole stays.
 */
public final class WeightCache {
    private static final Logger LOGGER = LoggerFactory.getLogger(WeightCache.class);
    private static final String SUFFIX = ".safetensors";

    private final Path folder;
    private final long limit;
    private final UseMark mark;

    /**
     * @param folder made when it is needed
     * @param limit bytes of all files at most
     */
    public WeightCache(Path folder, long limit) {
        this(folder, limit, file -> Files.setLastModifiedTime(file, FileTime.from(Instant.now())));
    }

    WeightCache(Path folder, long limit, UseMark mark) {
        this.folder = folder;
        this.limit = limit;
        this.mark = mark;
    }

    /** Says of a file that it has just been used. */
    interface UseMark {
        void set(Path file) throws IOException;
    }

    /**
     * The weights in a file, which is made unless it is there and whole.
     *
     * @param key tells these weights from all others; a part of a file's name
     * @param weights what the file holds
     * @param threads that round, or read
     * @return by the weights' names; empty if the folder cannot keep them, which is logged
     * @throws ModelFilesException if a weight cannot be read
     */
    public Optional<Map<String, StoredTensor>> of(String key, List<? extends TensorContent> weights, int threads) {
        Path file = folder.resolve(key + SUFFIX);
        try {
            Optional<Map<String, StoredTensor>> kept = kept(file, weights, threads);
            if (kept.isPresent()) {
                markUsed(file);
                return kept;
            }
            Files.createDirectories(folder);
            Leftovers.delete(folder, 1);
            requireRoom(weights);
            try (AtomicFile fresh = AtomicFile.open(file)) {
                SafetensorsWriter.write(fresh.channel(), weights, threads);
                fresh.commitUnforced();
            }
            makeRoom(file);
            Optional<Map<String, StoredTensor>> fresh = kept(file, weights, threads);
            if (fresh.isEmpty()) {
                throw new IOException("what was written there is not what is read; check its disk");
            }
            return fresh;
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.toString())
                    .log(
                            "smaller weights are not kept, and made at every start; set sextant.model.weight-cache to a folder"
                                    + " with room, or to off");
            return Optional.empty();
        }
    }

    /** Where nothing can be written, as on a volume that is only read, weights are of use all the same. */
    private void markUsed(Path file) {
        try {
            mark.set(file);
        } catch (IOException e) {
            LOGGER.atDebug()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.toString())
                    .log("that kept weights were used cannot be noted");
        }
    }

    private static Optional<Map<String, StoredTensor>> kept(
            Path file, List<? extends TensorContent> weights, int threads) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Map<String, StoredTensor> tensors = SafetensorsFile.open(file).tensors();
            if (describes(tensors, weights) && areWhole(file, tensors, threads)) {
                return Optional.of(tensors);
            }
            LOGGER.atWarn().addKeyValue("file", file).log("kept weights are damaged");
        } catch (ModelFilesException e) {
            LOGGER.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.getMessage())
                    .log("kept weights are damaged");
        }
        Files.deleteIfExists(file);
        return Optional.empty();
    }

    private static boolean describes(Map<String, StoredTensor> tensors, List<? extends TensorContent> weights) {
        return tensors.size() == weights.size()
                && weights.stream().allMatch(weight -> {
                    StoredTensor tensor = tensors.get(weight.name());
                    return tensor != null && tensor.byteCount() == weight.size();
                });
    }

    private static boolean areWhole(Path file, Map<String, StoredTensor> tensors, int threads) throws IOException {
        AtomicBoolean whole = new AtomicBoolean(true);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            List<InParallel.Work> work = new ArrayList<>();
            for (StoredTensor tensor : tensors.values()) {
                work.add(() -> {
                    if (!QuantizedWeight.isWhole(channel, tensor.byteOffset(), tensor.byteCount())) {
                        whole.set(false);
                    }
                });
            }
            InParallel.run(work, threads);
        }
        return whole.get();
    }

    private void requireRoom(List<? extends TensorContent> weights) throws IOException {
        long needed = weights.stream().mapToLong(TensorContent::size).sum();
        if (needed > limit) {
            throw new IOException("they are " + needed + " bytes, and sextant.model.weight-cache-size allows " + limit);
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw new IOException("they are " + needed + " bytes, and " + folder + " has " + free + " left");
        }
    }

    private void makeRoom(Path newest) throws IOException {
        List<Path> oldestFirst;
        try (Stream<Path> files = Files.list(folder)) {
            oldestFirst = files.filter(file -> file.toString().endsWith(SUFFIX) && !file.equals(newest))
                    .sorted(Comparator.comparing(WeightCache::used))
                    .toList();
        }
        long kept = size(newest);
        for (Path file : oldestFirst) {
            kept += size(file);
        }
        for (Path file : oldestFirst) {
            if (kept <= limit) {
                return;
            }
            kept -= size(file);
            Files.deleteIfExists(file);
            LOGGER.atInfo().addKeyValue("file", file).log("weights longest not used are kept no longer");
        }
    }

    private static FileTime used(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // another process has just deleted it
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
