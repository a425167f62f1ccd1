package io.sextant.core.model;

import io.sextant.core.dimension.ModelDimensions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is in a model folder, what would be used, and what stands against it.
 *
 * @param folder that was looked at
 * @param name of the model
 * @param sizesFrom where the sizes of image encoder and adapter come from; empty if they are not known
 * @param dimensions all sizes, if they are known
 * @param parts that were found, in the order image encoder, checkpoint, decoder, tokenizer
 * @param problems each with file, key or byte, and what to do; empty if the model can be used
 * @param memory needed in each precision; empty if the sizes are not known
 * @param verified whether all weights were read, with their checksums and for NaN and infinity
 */
public record ModelReport(
        Path folder,
        String name,
        String sizesFrom,
        Optional<ModelDimensions> dimensions,
        List<Part> parts,
        List<String> problems,
        List<Memory> memory,
        boolean verified) {
    public ModelReport {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sizesFrom, "sizesFrom");
        Objects.requireNonNull(dimensions, "dimensions");
        parts = List.copyOf(parts);
        problems = List.copyOf(problems);
        memory = List.copyOf(memory);
    }

    /** Whether nothing was found that stands against loading it. */
    public boolean isUsable() {
        return problems.isEmpty();
    }

    /**
     * One part of the model.
     *
     * @param role "image encoder", "checkpoint", "decoder" or "tokenizer"
     * @param path its file or folder
     * @param files it consists of
     * @param elementTypes of the tensors in use, for instance FLOAT16
     * @param tensorsUsed how many tensors the model reads
     * @param tensorsIgnored keys that are there and not read, for instance a surplus block
     * @param notes what else a user may want to know
     */
    public record Part(
            String role,
            Path path,
            List<PartFile> files,
            List<String> elementTypes,
            int tensorsUsed,
            List<String> tensorsIgnored,
            List<String> notes) {
        public Part {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(path, "path");
            files = List.copyOf(files);
            elementTypes = List.copyOf(elementTypes);
            tensorsIgnored = List.copyOf(tensorsIgnored);
            notes = List.copyOf(notes);
        }
    }

    /**
     * One file of a part.
     *
     * @param path the file
     * @param format how it is written, for instance "safetensors"
     * @param bytes its size
     */
    public record PartFile(Path path, String format, long bytes) {
        public PartFile {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(format, "format");
        }
    }

    /**
     * Memory in one precision.
     *
     * @param precision any but AUTO
     * @param weightBytes all weights
     * @param contextBytes keys and values of one request that fills the whole context
     * @param int8CopyBytes what an int8 copy takes beside, where there is one; 0 for all precisions but INT4
     */
    public record Memory(Precision precision, long weightBytes, long contextBytes, long int8CopyBytes) {
        public Memory {
            Objects.requireNonNull(precision, "precision");
        }

        /** Weights and one full context, without a copy. */
        public long totalBytes() {
            return weightBytes + contextBytes;
        }
    }
}
