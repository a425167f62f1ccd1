package io.sextant.core.dimension;

/**
 * Sizes of the Llama decoder.
 *
 * @param hidden width of the residual stream, a multiple of {@code heads}; 1..1048576
 * @param layers transformer layers; 1..1024
 * @param heads query heads, a multiple of {@code keyValueHeads}; 1..4096
 * @param keyValueHeads heads of keys and values; equal to {@code heads} without grouped queries
 * @param intermediate width inside a layer's MLP; 1..4194304
 * @param vocabulary rows of the embedding; 1..16777216
 * @param contextLength positions, prompt and answer together; 1..16777216
 * @param rmsNormEps of every norm; more than 0
 * @param ropeTheta base of the rotary position embedding; more than 0
 */
public record DecoderDimensions(
        int hidden,
        int layers,
        int heads,
        int keyValueHeads,
        int intermediate,
        int vocabulary,
        int contextLength,
        double rmsNormEps,
        double ropeTheta) {
    public DecoderDimensions {
        Range.check("hidden_size", hidden, 1, 1 << 20);
        Range.check("num_hidden_layers", layers, 1, 1024);
        Range.check("num_attention_heads", heads, 1, 4096);
        Range.check("num_key_value_heads", keyValueHeads, 1, heads);
        Range.check("intermediate_size", intermediate, 1, 1 << 22);
        Range.check("vocab_size", vocabulary, 1, 1 << 24);
        Range.check("max_position_embeddings", contextLength, 1, 1 << 24);
        Range.checkPositive("rms_norm_eps", rmsNormEps);
        Range.checkPositive("rope_theta", ropeTheta);
        Range.checkDivisible("hidden_size", hidden, "num_attention_heads", heads);
        Range.checkDivisible("num_attention_heads", heads, "num_key_value_heads", keyValueHeads);
        if (hidden / heads % 2 != 0) {
            throw new IllegalArgumentException(
                    "hidden_size / num_attention_heads must be even for rotary positions, was " + hidden / heads);
        }
    }

    /** Llama-2-7B. */
    public static DecoderDimensions published() {
        return new DecoderDimensions(4096, 32, 32, 32, 11008, 32000, 4096, 1e-5, 10000);
    }

    /** The same sizes with another number of layers. */
    public DecoderDimensions withLayers(int number) {
        return new DecoderDimensions(
                hidden, number, heads, keyValueHeads, intermediate, vocabulary, contextLength, rmsNormEps, ropeTheta);
    }

    /** Width of one attention head; even. */
    public int headDim() {
        return hidden / heads;
    }

    /** Width of all keys, and of all values, of one position. */
    public int keyValueWidth() {
        return keyValueHeads * headDim();
    }
}
