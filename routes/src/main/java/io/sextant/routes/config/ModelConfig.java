package io.sextant.routes.config;

import io.sextant.core.model.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Keys under {@code sextant.model}: which model is opened, and how it is computed. */
@ConfigMapping(prefix = "sextant.model")
public interface ModelConfig {

    /**
     * The model folder: one with a {@code sextant.json}, or with the published file names. A relative path counts from the
     * working directory. No default; what happens without it is the application's choice.
     */
    Optional<String> path();

    /**
     * Where the model computes: {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n} (n from 0). {@code auto} takes the
     * first CUDA device if there is one, so that the same configuration serves both kinds of machine.
     */
    @WithDefault("auto")
    String device();

    /**
     * What the model computes in: {@code auto}, {@code float32} or {@code bfloat16}. {@code auto} is float32 where the
     * weights fit the memory, because that agrees with the reference, and bfloat16 elsewhere.
     */
    @WithDefault("auto")
    Precision precision();

    /**
     * Whether the LoRA adapter is {@code merged} into the weights once at load, or {@code applied} at every step as the
     * reference does. Merged by default: the same answers but for rounding, and faster.
     */
    @WithDefault("merged")
    Lora lora();

    /**
     * Memory for keys and values: of answers that are being written, and of images and conversations asked about before, which go,
     * the one unused for longest first, when running answers need it. A number of bytes, with K, M or G for 1024, 1024^2, 1024^3.
     * Left out, it is the larger of 256M and room for 2,048 positions. A request that needs more than all of it is refused.
     */
    Optional<MemorySize> cacheSize();

    /** Requests that wait at most, at least 1; further ones are refused at once, and sources pause. */
    @WithDefault("1000")
    int queueCapacity();

    /** Sequences that are computed side by side at most, a beam search counting each beam; 1 to 256. */
    @WithDefault("32")
    int maxSequences();

    /** What becomes of the LoRA adapter. */
    enum Lora {
        /** Added to the weights once, at load. */
        MERGED,
        /** Computed beside the weights at every step. */
        APPLIED
    }
}
