package io.sextant.core.internal.weights;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** One file that holds tensors. Its header has been checked; its data has not been read. */
public interface WeightFile {

    /** The file. */
    Path path();

    /** Its size in bytes when it was opened. */
    long size();

    /** How it is written, for people, for instance "safetensors". */
    String format();

    /** All tensors by key, where the file is one flat table of tensors. */
    Map<String, StoredTensor> tensors();

    /**
     * Reads the data of these tensors once: checksums where the format has them, no NaN, no infinity.
     *
     * @throws io.sextant.core.error.ModelFilesException naming the tensor or the record
     */
    void check(Collection<StoredTensor> used, ReadProgress progress);

    /** SHA-256 of what describes the data: header or directory, and the file's size; not of the data itself. */
    byte[] headerDigest();
}
