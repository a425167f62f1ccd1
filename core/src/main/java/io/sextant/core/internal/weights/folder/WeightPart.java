package io.sextant.core.internal.weights.folder;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.ReadProgress;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.WeightFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One part of a model after its keys have been compared with what the model reads. A part with problems can be shown, but
 * not used.
 */
public final class WeightPart {
    private final Path path;
    private final String sizesFrom;
    private final List<WeightFile> files;
    private final Map<String, StoredTensor> open;
    private final Map<String, StoredTensor> used = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param path the file or folder, for messages
     * @param sizesFrom where the expected shapes come from, for messages
     * @param files the tensors lie in
     * @param found all tensors under the names the model knows them by
     */
    WeightPart(Path path, String sizesFrom, List<WeightFile> files, Map<String, StoredTensor> found) {
        this.path = path;
        this.sizesFrom = sizesFrom;
        this.files = List.copyOf(files);
        this.open = new LinkedHashMap<>(found);
    }

    /** Takes a tensor the model reads; a missing, misshapen or integer one is a problem. */
    WeightPart require(Map<String, List<Long>> expected) {
        List<String> missing = new ArrayList<>();
        expected.forEach((key, shape) -> {
            StoredTensor tensor = open.remove(key);
            if (tensor == null) {
                missing.add(key);
                return;
            }
            used.put(key, tensor);
            List<Long> actual = Arrays.stream(tensor.shape()).boxed().toList();
            if (!actual.equals(shape)) {
                problems.add(path + ": " + key + ": found the shape " + actual + ", expected " + shape + " by "
                        + sizesFrom + "; the file belongs to a model of other sizes, or is damaged.");
            } else if (!tensor.type().isFloat()) {
                problems.add(path + ": " + key + " holds " + tensor.type()
                        + ", not floating-point numbers; quantised weights are not read, use the original ones.");
            }
        });
        if (!missing.isEmpty()) {
            problems.add(path + ": the tensor " + missing.get(0) + " is missing"
                    + (missing.size() == 1 ? "" : ", and " + (missing.size() - 1) + " more")
                    + ", but needed by " + sizesFrom + "; use the complete file.");
        }
        return this;
    }

    /** Sets tensors aside that may be there but are not read. */
    WeightPart ignore(Predicate<String> unread) {
        open.keySet().removeIf(key -> unread.test(key) && ignored.add(key));
        return this;
    }

    /** Whatever is left is a problem. */
    WeightPart refuseRest() {
        for (String key : open.keySet()) {
            problems.add(path + ": the tensor " + key + " is unknown to this model (sizes from " + sizesFrom
                    + "); it would have no effect, so use the file that belongs to this model, or remove the tensor.");
        }
        return this;
    }

    WeightPart problem(String text) {
        problems.add(text);
        return this;
    }

    /**
     * This part, if it can be used.
     *
     * @throws ModelFilesException with the first problem, and how many more there are
     */
    public WeightPart orThrow() {
        if (problems.isEmpty()) {
            return this;
        }
        String more = problems.size() == 1
                ? ""
                : " (" + (problems.size() - 1) + " more problems: see \"sextant model inspect\")";
        throw new ModelFilesException(problems.get(0) + more);
    }

    /**
     * Reads all tensors in use: checksums, NaN and infinity.
     *
     * @throws ModelFilesException naming the tensor or the record
     */
    public void check(ReadProgress progress) {
        for (WeightFile file : files) {
            check(file, progress);
        }
    }

    /**
     * Reads the tensors in use of one of the files.
     *
     * @throws ModelFilesException naming the tensor or the record
     */
    public void check(WeightFile file, ReadProgress progress) {
        List<StoredTensor> inFile = new ArrayList<>();
        for (StoredTensor tensor : used.values()) {
            if (tensor.file().equals(file.path())) {
                inFile.add(tensor);
            }
        }
        file.check(inFile, progress);
    }

    /** The file or folder. */
    public Path path() {
        return path;
    }

    /** Tensors the model reads, by key, in the order of computation. */
    public Map<String, StoredTensor> used() {
        return Collections.unmodifiableMap(used);
    }

    /** Keys that are there and not read. */
    public List<String> ignored() {
        return Collections.unmodifiableList(ignored);
    }

    /** What stands against using it, each with file, key and remedy. */
    public List<String> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** The files the tensors lie in. */
    public List<WeightFile> files() {
        return files;
    }
}
