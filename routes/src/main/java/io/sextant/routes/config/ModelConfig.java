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
     * Memory for encoded images, so that several questions about one image encode it once. A number of bytes, with
     * K, M or G for 1024, 1024^2, 1024^3; 0 turns the cache off; at the limit the image unused for longest is dropped.
     * 256M hold some dozens of images at the published dimensions.
     */
    @WithDefault("256M")
    MemorySize imageCacheSize();

    /** What becomes of the LoRA adapter. */
    enum Lora {
        /** Added to the weights once, at load. */
        MERGED,
        /** Computed beside the weights at every step. */
        APPLIED
    }
}
