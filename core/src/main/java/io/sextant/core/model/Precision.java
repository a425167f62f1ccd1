package io.sextant.core.model;

import io.sextant.core.internal.quantization.WeightKind;

/** What the model computes in, and what the decoder's weights are kept as. */
public enum Precision {
    /**
     * The first of float32, bfloat16, int8 and int4 whose weights fit the memory; without float32 where that takes more than 8 GiB and the
     * processor is faster in bfloat16.
     */
    AUTO(WeightKind.AS_IS),
    /** 4 bytes a weight: agrees with the reference's float32 numbers. */
    FLOAT32(WeightKind.AS_IS),
    /** 2 bytes a weight: fast only on processors with bfloat16 products. */
    BFLOAT16(WeightKind.AS_IS),
    /**
     * 2 bytes a weight: the reference's own arithmetic on a GPU. Processors compute it too; few have its products, on others it is slow.
     * AUTO never takes it there.
     */
    FLOAT16(WeightKind.AS_IS),
    /**
     * 1 byte a weight of the decoder and of the image encoder's large products: these weights, and what they are multiplied with, are
     * rounded to whole numbers. CPU only.
     */
    INT8(WeightKind.INT8),
    /** 5 bits a weight of the decoder, in groups of 32, the image encoder as in INT8: the least memory, and loses most. CPU only. */
    INT4(WeightKind.INT4);

    private final WeightKind kind;

    Precision(WeightKind kind) {
        this.kind = kind;
    }

    /** What the decoder's weights are kept as. */
    WeightKind kind() {
        return kind;
    }
}
