package io.sextant.training.run;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;

/** The embedded model's sizes, our own choice: under 8 million parameters in the proportions of the real model's parts. */
public final class EmbeddedSizes {
    private EmbeddedSizes() {}

    /** @param vocabulary of its tokenizer */
    public static ModelDimensions of(int vocabulary) {
        return new ModelDimensions(
                new VisionDimensions(192, 16, 192, 6, 3, 768, 1e-6, 1e-5, 4),
                new DecoderDimensions(256, 4, 4, 4, 688, vocabulary, 512, 1e-5, 10000),
                new LoraDimensions(32, 32));
    }
}
