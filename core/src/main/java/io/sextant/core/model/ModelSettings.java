package io.sextant.core.model;

import io.sextant.core.internal.files.UserCache;
import io.sextant.core.prompt.PromptSegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which model to open, and how to compute it. Made with a {@link #builder}, so that further fields break nobody; the canonical constructor
 * may change.
 *
 * @param folder the model folder: one {@code sextant.json}, or the published file names
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}, or several with commas between them, for a replica on each
 * @param precision what to compute in
 * @param mergeLora add the LoRA adapter to the weights once at load (faster) or apply it at every step (as the reference does)
 * @param cacheBytes memory for keys and values, of running answers and of images asked about before, which go when it is needed; 0 chooses
 *     the larger of 256 MiB and room for 2,048 positions
 * @param queueCapacity requests that wait at most before further ones are refused; at least 1
 * @param maxSequences sequences that are computed side by side at most, a beam search counting each beam; 1 to 256
 * @param weightCache folder that keeps int8 and int4 weights from one start to the next, and what a trial found; empty makes weights at every
 *     start, and no trial
 * @param weightCacheBytes bytes of the files in it at most; what was longest not used goes first
 * @param int8Copy whether int4 weights are kept as int8 too, for faster prompts and several answers at once
 * @param computeType what is computed in where the precision leaves that open
 * @param threads that products are computed in, one number for all models of a process; 0 chooses, at most 1,024
 * @param trial whether type and threads that are left open come from a short trial, once on each kind of processor; kept in the weight cache
 * @param taskIdentifiers identifiers of tasks beside the six, without brackets, that a user's words must not become;
 *     letters, digits, '-' and '_' each
 */
public record ModelSettings(
        Path folder,
        String device,
        Precision precision,
        boolean mergeLora,
        long cacheBytes,
        int queueCapacity,
        int maxSequences,
        Optional<Path> weightCache,
        long weightCacheBytes,
        Int8Copy int8Copy,
        ComputeType computeType,
        int threads,
        boolean trial,
        Set<String> taskIdentifiers) {
    /** Room for the published model in each kind, and once more. */
    private static final long USUAL_WEIGHT_CACHE_BYTES = 24L << 30;

    private static final int MOST_THREADS = 1024;

    public ModelSettings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(int8Copy, "int8Copy");
        Objects.requireNonNull(computeType, "computeType");
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("cacheBytes must not be negative, was " + cacheBytes);
        }
        if (queueCapacity < 1) {
            throw new IllegalArgumentException("queueCapacity must be at least 1, was " + queueCapacity);
        }
        if (maxSequences < 1 || maxSequences > 256) {
            throw new IllegalArgumentException("maxSequences must be in 1..256, was " + maxSequences);
        }
        if (weightCacheBytes < 1) {
            throw new IllegalArgumentException("weightCacheBytes must be at least 1, was " + weightCacheBytes);
        }
        if (threads < 0 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be in 0..1024, was " + threads);
        }
        taskIdentifiers = Set.copyOf(taskIdentifiers);
        taskIdentifiers.forEach(PromptSegment::taskIdentifier);
    }

    /** Device, precision and cache chosen automatically, LoRA merged, up to 1,000 requests waiting and 32 sequences running. */
    public static ModelSettings of(Path folder) {
        return builder(folder).build();
    }

    /** Settings in the making, at first those of {@link #of}. */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final Path folder;
        private String device = "auto";
        private Precision precision = Precision.AUTO;
        private boolean mergeLora = true;
        private long cacheBytes;
        private int queueCapacity = 1000;
        private int maxSequences = 32;
        private Optional<Path> weightCache = usualWeightCache();
        private long weightCacheBytes = USUAL_WEIGHT_CACHE_BYTES;
        private Int8Copy int8Copy = Int8Copy.AUTO;
        private ComputeType computeType = ComputeType.AUTO;
        private int threads;
        private boolean trial = true;
        private Set<String> taskIdentifiers = Set.of();

        private Builder(Path folder) {
            this.folder = folder;
        }

        /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}, or several with commas between them, for a replica on each. */
        public Builder device(String value) {
            device = value;
            return this;
        }

        /** What to compute in. */
        public Builder precision(Precision value) {
            precision = value;
            return this;
        }

        /** Whether the LoRA adapter is added to the weights once at load. */
        public Builder mergeLora(boolean value) {
            mergeLora = value;
            return this;
        }

        /** Memory for keys and values in bytes; 0 chooses. */
        public Builder cacheBytes(long value) {
            cacheBytes = value;
            return this;
        }

        /** Requests that wait at most. */
        public Builder queueCapacity(int value) {
            queueCapacity = value;
            return this;
        }

        /** Sequences that are computed side by side at most. */
        public Builder maxSequences(int value) {
            maxSequences = value;
            return this;
        }

        /** Folder that keeps int8 and int4 weights from one start to the next; empty makes them at every start. */
        public Builder weightCache(Optional<Path> value) {
            weightCache = value;
            return this;
        }

        /**
         * The same as it is written in settings.
         *
         * @param setting {@code auto} for a folder in the user's cache, if there is one, {@code off} for none, or the folder
         * @throws java.nio.file.InvalidPathException if it is no path
         */
        public Builder weightCache(String setting) {
            return switch (setting) {
                case "auto" -> weightCache(usualWeightCache());
                case "off" -> weightCache(Optional.empty());
                default -> weightCache(Optional.of(Path.of(setting)));
            };
        }

        private static Optional<Path> usualWeightCache() {
            return UserCache.ofProcess().lastingFolder().map(cache -> cache.resolve("sextant/weights"));
        }

        /** Bytes of the files in it at most. */
        public Builder weightCacheBytes(long value) {
            weightCacheBytes = value;
            return this;
        }

        /** Whether int4 weights are kept as int8 too, for faster prompts and several answers at once. */
        public Builder int8Copy(Int8Copy value) {
            int8Copy = value;
            return this;
        }

        /** What is computed in where the precision leaves that open. */
        public Builder computeType(ComputeType value) {
            computeType = value;
            return this;
        }

        /** Threads that products are computed in, the same for all models of a process; 0 chooses. */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /** Whether type and threads that are left open come from a short trial, once on each kind of processor. */
        public Builder trial(boolean value) {
            trial = value;
            return this;
        }

        /** Identifiers of tasks beside the six that a user's words must not become. */
        public Builder taskIdentifiers(Set<String> value) {
            taskIdentifiers = value;
            return this;
        }

        /** The settings. */
        public ModelSettings build() {
            return new ModelSettings(
                    folder,
                    device,
                    precision,
                    mergeLora,
                    cacheBytes,
                    queueCapacity,
                    maxSequences,
                    weightCache,
                    weightCacheBytes,
                    int8Copy,
                    computeType,
                    threads,
                    trial,
                    taskIdentifiers);
        }
    }

    /** These settings in the making of others. */
    public Builder toBuilder() {
        return new Builder(folder)
                .device(device)
                .precision(precision)
                .mergeLora(mergeLora)
                .cacheBytes(cacheBytes)
                .queueCapacity(queueCapacity)
                .maxSequences(maxSequences)
                .weightCache(weightCache)
                .weightCacheBytes(weightCacheBytes)
                .int8Copy(int8Copy)
                .computeType(computeType)
                .threads(threads)
                .trial(trial)
                .taskIdentifiers(taskIdentifiers);
    }

    /** The same, with these identifiers kept out of users' words; a task registry knows those of its tasks. */
    public ModelSettings withTaskIdentifiers(Set<String> identifiers) {
        return toBuilder().taskIdentifiers(identifiers).build();
    }
}
