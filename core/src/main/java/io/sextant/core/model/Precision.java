package io.sextant.core.model;

/** What the model computes in. */
public enum Precision {
    /** float32 where the weights fit the memory, else bfloat16. */
    AUTO,
    /** 4 bytes a weight: agrees with the reference's float32 numbers. */
    FLOAT32,
    /** 2 bytes a weight: fast only on processors with bfloat16 products. */
    BFLOAT16
}
