package io.sextant.core.model;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Which model to open, and how to compute it.
 *
 * @param folder the model folder: one {@code sextant.json}, or the published file names
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
 * @param precision what to compute in
 * @param mergeLora add the LoRA adapter to the weights once at load (faster) or apply it at every step (as the reference does)
 * @param imageCacheBytes memory for encoded images, so that several questions about one image encode it once; 0 turns it off
 */
public record ModelSettings(Path folder, String device, Precision precision, boolean mergeLora, long imageCacheBytes) {
    public ModelSettings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(precision, "precision");
        if (imageCacheBytes < 0) {
            throw new IllegalArgumentException("imageCacheBytes must not be negative, was " + imageCacheBytes);
        }
    }

    /** Device and precision chosen automatically, LoRA merged, 256 MiB of encoded images. */
    public static ModelSettings of(Path folder) {
        return new ModelSettings(folder, "auto", Precision.AUTO, true, 256L << 20);
    }
}
