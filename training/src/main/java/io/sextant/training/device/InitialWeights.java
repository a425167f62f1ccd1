package io.sextant.training.device;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.internal.weights.folder.ExpectedTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Weights to start from. The same seed gives the same numbers, whatever the order they are asked for in.
 *
 * <p>Encoder: normal with deviation 0.02, cut at two deviations, projections back into the residual divided by the root of their
 * depth (eva_vit.py:300-315). Decoder: normal with deviation 0.02 (modeling_llama.py). Projection: uniform as torch's linear
 * layers. Adapter: A uniform, B zero (peft 0.2.0, tuners/lora.py:308-313).
 */
public final class InitialWeights {
    private static final double DEVIATION = 0.02;
    private static final double CUT = 2;

    private final ModelDimensions dimensions;
    private final long seed;

    public InitialWeights(ModelDimensions dimensions, long seed) {
        this.dimensions = dimensions;
        this.seed = seed;
    }

    /** All tensors of a model. */
    public ModelTensors create() {
        List<NamedTensor> encoder = new ArrayList<>();
        ExpectedTensors.vision(dimensions.vision()).forEach((name, shape) -> encoder.add(vision(name, shape(shape))));
        long width = dimensions.vision().width();
        encoder.add(constant("ln_vision.weight", 1, width));
        encoder.add(constant("ln_vision.bias", 0, width));
        List<NamedTensor> decoder = new ArrayList<>();
        ExpectedTensors.decoder(dimensions.decoder())
                .forEach((name, shape) -> decoder.add(
                        shape.size() == 1 ? constant(name, 1, shape(shape)) : normal(name, DEVIATION, shape(shape))));
        List<NamedTensor> projection = new ArrayList<>();
        List<NamedTensor> adapter = new ArrayList<>();
        for (Map.Entry<String, List<Long>> entry :
                ExpectedTensors.checkpoint(dimensions).entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(ModelTensors.ADAPTER_PREFIX)) {
                adapter.add(adapter(key.substring(ModelTensors.ADAPTER_PREFIX.length()), shape(entry.getValue())));
            } else {
                projection.add(uniform(key, dimensions.vision().projectorInput(), shape(entry.getValue())));
            }
        }
        return new ModelTensors(encoder, decoder, projection, adapter);
    }

    /**
     * The linear layer that tells patches apart while the encoder is pre-trained; no part of the model.
     *
     * @param classes kinds of objects, nothing not counted
     */
    public List<NamedTensor> patchHead(int classes) {
        long outputs = classes + 5L;
        return List.of(
                normal(
                        "patch_head.weight",
                        DEVIATION,
                        outputs,
                        dimensions.vision().width()),
                constant("patch_head.bias", 0, outputs));
    }

    private NamedTensor vision(String name, long... shape) {
        if (name.contains(".norm") && name.endsWith(".weight")) {
            return constant(name, 1, shape);
        }
        if (name.endsWith("bias")) {
            return constant(name, 0, shape);
        }
        return normal(name, DEVIATION / residualDepth(name), shape);
    }

    private static double residualDepth(String name) {
        if (!name.endsWith("attn.proj.weight") && !name.endsWith("mlp.fc2.weight")) {
            return 1;
        }
        int block = Integer.parseInt(name.split("\\.")[1]);
        return Math.sqrt(2.0 * (block + 1));
    }

    private NamedTensor adapter(String name, long... shape) {
        return name.endsWith("lora_B.weight") ? constant(name, 0, shape) : uniform(name, shape[1], shape);
    }

    private NamedTensor normal(String name, double deviation, long... shape) {
        Random random = random(name);
        float[] values = new float[count(shape)];
        for (int i = 0; i < values.length; i++) {
            double value = random.nextGaussian();
            while (Math.abs(value) > CUT) {
                value = random.nextGaussian();
            }
            values[i] = (float) (deviation * value);
        }
        return new NamedTensor(name, shape, values);
    }

    /** As torch's kaiming_uniform with a = sqrt(5): within 1 / sqrt(inputs). */
    private NamedTensor uniform(String name, long inputs, long... shape) {
        Random random = random(name);
        float[] values = new float[count(shape)];
        double bound = 1 / Math.sqrt(inputs);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return new NamedTensor(name, shape, values);
    }

    private static NamedTensor constant(String name, float value, long... shape) {
        float[] values = new float[count(shape)];
        Arrays.fill(values, value);
        return new NamedTensor(name, shape, values);
    }

    private Random random(String name) {
        return new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }

    private static long[] shape(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private static int count(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    }
}
