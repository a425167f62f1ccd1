package io.sextant.core.model;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.TensorValues;
import io.sextant.core.internal.weights.WritableTensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Random values for a model's tensors, such that activations keep their size through any number of layers.
 *
 * <p>Matrices are uniform with variance 1 / fan-in; those that add to the residual stream are divided by sqrt(2 * depth), as
 * GPT-2 does. Norms are 1 and 0. The head's row of the end-of-sequence token is twice as large, so that answers end after
 * some words; rows the tokenizer has no piece for are 0. Each tensor has a generator of its own, seeded by its key.
 */
final class RandomWeights {
    private static final int END_OF_SEQUENCE = 2;

    private final OptionalLong seed;

    private RandomWeights(OptionalLong seed) {
        this.seed = seed;
    }

    static RandomWeights of(long seed) {
        return new RandomWeights(OptionalLong.of(seed));
    }

    /** Zeros everywhere, as holes in the files. */
    static RandomWeights zeros() {
        return new RandomWeights(OptionalLong.empty());
    }

    static WritableTensor zeros(String key, ElementType type, List<Long> shape) {
        return new WritableTensor(key, type, shape, Optional.empty());
    }

    WritableTensor vision(String key, List<Long> shape, VisionDimensions vision) {
        if (key.contains("norm")) {
            return constant(key, ElementType.FLOAT16, shape, key.endsWith(".weight") ? 1 : 0);
        }
        boolean residual = (key.endsWith("proj.weight") && key.contains("attn")) || key.endsWith("fc2.weight");
        double scale = shape.size() < 2 || key.equals("cls_token") || key.equals("pos_embed")
                ? 0.1
                : 1 / Math.sqrt(fanIn(shape) * (residual ? 2.0 * vision.blocks() : 1));
        return uniform(key, ElementType.FLOAT16, shape, scale);
    }

    WritableTensor decoder(String key, List<Long> shape, DecoderDimensions decoder) {
        if (key.contains("norm")) {
            return constant(key, ElementType.FLOAT16, shape, 1);
        }
        if (key.equals("lm_head.weight")) {
            return head(key, shape);
        }
        boolean residual = key.endsWith("o_proj.weight") || key.endsWith("down_proj.weight");
        double scale = key.equals("model.embed_tokens.weight")
                ? 1
                : 1 / Math.sqrt(fanIn(shape) * (residual ? 2.0 * decoder.layers() : 1));
        return uniform(key, ElementType.FLOAT16, shape, scale);
    }

    WritableTensor checkpoint(String key, List<Long> shape) {
        double scale = shape.size() < 2 ? 0.1 : 1 / Math.sqrt(fanIn(shape));
        return uniform(key, ElementType.FLOAT32, shape, scale);
    }

    private WritableTensor head(String key, List<Long> shape) {
        if (seed.isEmpty()) {
            return zeros(key, ElementType.FLOAT16, shape);
        }
        int width = Math.toIntExact(shape.get(1));
        TensorValues values = values(key, 1 / Math.sqrt(width));
        long pieces = RandomModelSize.smallestVocabulary();
        long[] position = {0};
        return WritableTensor.of(key, ElementType.FLOAT16, shape, (target, count) -> {
            values.next(target, count);
            for (int i = 0; i < count; i++) {
                long row = position[0]++ / width;
                target[i] *= row == END_OF_SEQUENCE ? 2 : row < pieces ? 1 : 0;
            }
        });
    }

    private WritableTensor constant(String key, ElementType type, List<Long> shape, float value) {
        return seed.isEmpty()
                ? zeros(key, type, shape)
                : WritableTensor.of(key, type, shape, TensorValues.constant(value));
    }

    private WritableTensor uniform(String key, ElementType type, List<Long> shape, double standardDeviation) {
        return seed.isEmpty()
                ? zeros(key, type, shape)
                : WritableTensor.of(key, type, shape, values(key, standardDeviation));
    }

    private TensorValues values(String key, double standardDeviation) {
        // A String's hash code is the same everywhere; multiplied so that neighbouring keys are far apart.
        SplittableRandom random = new SplittableRandom(seed.orElseThrow() ^ key.hashCode() * 0x9E3779B97F4A7C15L);
        float factor = (float) (standardDeviation * Math.sqrt(3) * 0x1p-31);
        return (target, count) -> {
            for (int i = 0; i < count; i++) {
                target[i] = random.nextInt() * factor;
            }
        };
    }

    private static double fanIn(List<Long> shape) {
        return shape.stream().skip(1).mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }
}
