package io.sextant.core.dimension;

import java.util.Objects;

/**
 * All sizes of one model.
 *
 * @param vision the image encoder, and how patches become visual tokens
 * @param decoder the language model
 * @param lora its adapter
 */
public record ModelDimensions(VisionDimensions vision, DecoderDimensions decoder, LoraDimensions lora) {
    public ModelDimensions {
        Objects.requireNonNull(vision, "vision");
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(lora, "lora");
        if (vision.visualTokens() >= decoder.contextLength()) {
            throw new IllegalArgumentException("an image takes " + vision.visualTokens()
                    + " positions, which leaves none of max_position_embeddings=" + decoder.contextLength());
        }
    }

    /** MiniGPT-v2 as released, on Llama-2-7B. */
    public static ModelDimensions published() {
        return new ModelDimensions(
                VisionDimensions.published(), DecoderDimensions.published(), LoraDimensions.published());
    }
}
