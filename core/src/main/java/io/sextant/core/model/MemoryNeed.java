package io.sextant.core.model;

import com.sun.management.OperatingSystemMXBean;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import java.lang.management.ManagementFactory;

/** How much memory a model's weights need, computed from its dimensions. */
final class MemoryNeed {
    /** The share of the machine's memory weights may take; the rest is for caches, the heap and everybody else. */
    private static final double WEIGHT_SHARE = 0.6;

    private MemoryNeed() {}

    /** Bytes of all weights in a precision; AUTO counts as float32. */
    static long weightBytes(ModelDimensions dimensions, Precision precision) {
        long bytes = precision == Precision.BFLOAT16 ? 2 : 4;
        return bytes
                * (visionWeights(dimensions.vision())
                        + decoderWeights(dimensions.decoder())
                        + projectorWeights(dimensions));
    }

    /** Whether this machine has room for the weights. */
    static boolean fits(ModelDimensions dimensions, Precision precision) {
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return weightBytes(dimensions, precision) <= total * WEIGHT_SHARE;
    }

    private static long visionWeights(VisionDimensions vision) {
        long width = vision.width();
        long attention = 4 * width * width + 3 * width;
        long mlp = 2 * width * vision.mlpHidden() + width + vision.mlpHidden();
        long block = attention + mlp + 4 * width;
        long patches = 3L * vision.patchSize() * vision.patchSize() * width + width;
        return vision.blocks() * block + patches + (2L + vision.patches()) * width + 2 * width;
    }

    private static long decoderWeights(DecoderDimensions decoder) {
        long hidden = decoder.hidden();
        long attention = 2 * hidden * hidden + 2 * hidden * decoder.keyValueWidth();
        long mlp = 3 * hidden * decoder.intermediate();
        return decoder.layers() * (attention + mlp + 2 * hidden) + 2L * decoder.vocabulary() * hidden + hidden;
    }

    private static long projectorWeights(ModelDimensions dimensions) {
        long hidden = dimensions.decoder().hidden();
        return dimensions.vision().projectorInput() * hidden + hidden;
    }
}
