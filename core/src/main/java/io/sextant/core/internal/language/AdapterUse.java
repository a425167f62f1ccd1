package io.sextant.core.internal.language;

/** What becomes of the LoRA adapter of a checkpoint. */
public enum AdapterUse {
    /** Added to the weights once at load. */
    MERGED,
    /** Kept apart and applied at every step, as the reference does. */
    APPLIED,
    /** Left out: the decoder as it was before fine-tuning. */
    NONE
}
