package io.sextant.core.model;

/**
 * What a model on the processor is computed in where its precision leaves that open: with int8 and int4 weights, and, for large
 * models, with AUTO. float32 is more exact, bfloat16 needs instructions for its products to be fast.
 */
public enum ComputeType {
    /** What this processor is faster in, by a short trial or by its instructions. */
    AUTO,
    /** 4 bytes a number. */
    FLOAT32,
    /** 2 bytes a number. */
    BFLOAT16
}
