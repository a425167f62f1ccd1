package io.sextant.training.run;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;

/** The embedded model's sizes, our own choice: 9 million parameters in the proportions of the real model's parts. */
public final class EmbeddedSizes {
    private static final int IMAGE_SIZE = 384;
    private static final int PATCH_SIZE = 16;
    private static final int ENCODER_WIDTH = 192;
    private static final int ENCODER_HEADS = 6;
    private static final int ENCODER_BLOCKS = 6;
    private static final int ENCODER_MLP = 768;
    private static final int DECODER_WIDTH = 256;
    private static final int DECODER_LAYERS = 6;
    private static final int DECODER_HEADS = 4;
    private static final int DECODER_MLP = 688;
    private static final int CONTEXT_LENGTH = 640;

    private EmbeddedSizes() {}

    /** @param vocabulary of its tokenizer */
    public static ModelDimensions of(int vocabulary) {
        return new ModelDimensions(
                new VisionDimensions(
                        IMAGE_SIZE,
                        PATCH_SIZE,
                        ENCODER_WIDTH,
                        ENCODER_HEADS,
                        ENCODER_BLOCKS,
                        ENCODER_MLP,
                        1e-6,
                        1e-5,
                        4),
                new DecoderDimensions(
                        DECODER_WIDTH,
                        DECODER_LAYERS,
                        DECODER_HEADS,
                        DECODER_HEADS,
                        DECODER_MLP,
                        vocabulary,
                        CONTEXT_LENGTH,
                        1e-5,
                        10000),
                new LoraDimensions(32, 32));
    }
}
