package io.sextant.routes.config;

import io.sextant.core.model.ComputeType;
import io.sextant.core.model.Int8Copy;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about the model; the folder may be left to the application.
 *
 * @param folder the model folder, or null where {@code sextant.model.path} is not set
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}, or several with commas between them
 * @param precision what to compute in
 * @param mergeLora whether the LoRA adapter is added to the weights once
 * @param cacheBytes memory for keys and values, 0 to choose
 * @param queueCapacity requests that wait at most
 * @param maxSequences sequences computed side by side at most
 * @param weightCache {@code auto}, {@code off} or the folder that keeps int8 and int4 weights
 * @param weightCacheBytes bytes of the files in it at most
 * @param int8Copy whether int4 weights are kept as int8 too
 * @param computeType what is computed in where the precision leaves that open
 * @param threads that products are computed in, 0 to choose
 * @param trial whether what is left open comes from a trial
 */
public record ModelChoice(
        @Nullable Path folder,
        String device,
        Precision precision,
        boolean mergeLora,
        long cacheBytes,
        int queueCapacity,
        int maxSequences,
        String weightCache,
        long weightCacheBytes,
        Int8Copy int8Copy,
        ComputeType computeType,
        int threads,
        boolean trial) {
    public ModelChoice {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(int8Copy, "int8Copy");
        Objects.requireNonNull(computeType, "computeType");
    }

    /** The settings for the configured folder; empty where none is configured. */
    public Optional<ModelSettings> configured() {
        return Optional.ofNullable(folder).map(this::in);
    }

    /** The settings for a folder the application chose. */
    public ModelSettings in(Path modelFolder) {
        return ModelSettings.builder(modelFolder)
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
                .build();
    }
}
