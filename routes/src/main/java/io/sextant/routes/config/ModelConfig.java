package io.sextant.routes.config;

import io.sextant.core.model.ComputeType;
import io.sextant.core.model.Int8Copy;
import io.sextant.core.model.MemorySize;
import io.sextant.core.model.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

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
     * What the model computes in: {@code float32}, {@code bfloat16}, {@code float16}, {@code int8}, {@code int4} or {@code auto}: the
     * first of float32, bfloat16, int8 and int4 whose weights fit the memory with room for the rest, without float32 where that takes more than
     * 8 GiB and the processor is faster in bfloat16; on a graphics processor float32 or float16. float32 agrees with the reference, and each
     * smaller one loses more.
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
    Optional<@WithConverter(MemorySizeConverter.class) MemorySize> cacheSize();

    /** Requests that wait at most, at least 1; further ones are refused at once, and sources pause. */
    @WithDefault("1000")
    int queueCapacity();

    /** Sequences that are computed side by side at most, a beam search counting each beam; 1 to 256. */
    @WithDefault("32")
    int maxSequences();

    /**
     * Folder that keeps int8 and int4 weights, and what a trial found, from one start to the next: {@code auto} takes one in the user's cache,
     * {@code off} makes the weights at every start, and no trial.
     */
    @WithDefault("auto")
    String weightCache();

    /** Bytes of that folder's files at most; what was longest not used goes first. */
    @WithDefault("24G")
    @WithConverter(MemorySizeConverter.class)
    MemorySize weightCacheSize();

    /**
     * Whether int4 weights are kept as int8 too, which makes prompts and several answers at once faster and answers no different: {@code on},
     * {@code off}, or {@code auto}, where there is memory for it.
     */
    @WithDefault("auto")
    Int8Copy int8Copy();

    /**
     * What is computed in where the precision leaves that open, beside int8 and int4 weights: {@code float32}, {@code bfloat16}, or {@code auto},
     * what this processor is faster in. With {@code precision=auto}, bfloat16 leaves float32 out for large models.
     */
    @WithDefault("auto")
    ComputeType computeType();

    /**
     * Threads that products are computed in, 1 to 1024: one number for all models of a process. Left out, it is chosen. Who computes in another
     * number may get other last digits.
     */
    OptionalInt threads();

    /**
     * Whether what is left open of type and threads comes from a trial of a second, once on each kind of processor, for decoders of 1 GiB and
     * more in float32. Its result is kept in the weight cache, so that all starts answer alike; without one, or with {@code off}, the processor's
     * instructions decide.
     */
    @WithDefault("on")
    Trial trial();

    /** Whether ways to compute are tried. */
    enum Trial {
        /** Once on each kind of processor. */
        ON,
        /** Never. */
        OFF
    }

    /** What becomes of the LoRA adapter. */
    enum Lora {
        /** Added to the weights once, at load. */
        MERGED,
        /** Computed beside the weights at every step. */
        APPLIED
    }
}
