package io.sextant.training.device;

import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tensors of a model by the names the device programs know: published key names, except that an adapter's tensors lack
 * {@link #ADAPTER_PREFIX}.
 *
 * @param encoder the image encoder, {@code ln_vision} included
 * @param decoder the language model
 * @param projection {@code llama_proj.weight} and {@code llama_proj.bias}
 * @param adapter LoRA's tensors
 */
public record ModelTensors(
        List<NamedTensor> encoder, List<NamedTensor> decoder, List<NamedTensor> projection, List<NamedTensor> adapter) {
    /** What peft 0.2.0 puts in front of an adapted layer's name. */
    public static final String ADAPTER_PREFIX = "llama_model.base_model.model.";

    /** The position embeddings of the encoder, (1, 1 + grid x grid, width). */
    public static final String POSITIONS = "pos_embed";

    public ModelTensors {
        encoder = List.copyOf(encoder);
        decoder = List.copyOf(decoder);
        projection = List.copyOf(projection);
        adapter = List.copyOf(adapter);
    }

    /**
     * Reads all tensors of a folder into memory.
     *
     * @param model whose program interpolates position embeddings of another grid
     */
    public static ModelTensors read(ModelFolder folder, TrainableModel model) {
        List<NamedTensor> encoder = new ArrayList<>();
        folder.vision().forEach((name, tensor) -> encoder.add(fitted(NamedTensor.read(name, tensor), model)));
        encoder.addAll(
                visionNorm(folder.checkpoint(), model.dimensions().vision().width()));
        List<NamedTensor> decoder = new ArrayList<>();
        folder.decoder().forEach((name, tensor) -> decoder.add(NamedTensor.read(name, tensor)));
        List<NamedTensor> projection = new ArrayList<>();
        List<NamedTensor> adapter = new ArrayList<>();
        folder.checkpoint().forEach((name, tensor) -> {
            if (name.startsWith(ADAPTER_PREFIX)) {
                adapter.add(NamedTensor.read(name.substring(ADAPTER_PREFIX.length()), tensor));
            } else if (name.startsWith("llama_proj.")) {
                projection.add(NamedTensor.read(name, tensor));
            }
        });
        return new ModelTensors(encoder, decoder, projection, adapter);
    }

    /**
     * Position embeddings for the grid of a model, interpolated if they are for another one; any other tensor as it is.
     *
     * @param model whose program interpolates
     */
    public static NamedTensor fitted(NamedTensor tensor, TrainableModel model) {
        int side = model.dimensions().vision().grid();
        long[] shape = {1, 1 + (long) side * side, model.dimensions().vision().width()};
        if (!tensor.name().equals(POSITIONS) || Arrays.equals(tensor.shape(), shape)) {
            return tensor;
        }
        try (BatchTensor positions = model.program().tensor(tensor.values(), tensor.shape());
                DeviceTensor fitted = model.program().call("interpolate_positions", positions, side)) {
            return new NamedTensor(POSITIONS, shape, model.program().floats(fitted));
        }
    }

    /** The norm after the last block: ones and zeros unless a checkpoint brings others, as in the reference. */
    private static List<NamedTensor> visionNorm(Map<String, StoredTensor> checkpoint, int width) {
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        return List.of(
                readOr(checkpoint, "ln_vision.weight", ones), readOr(checkpoint, "ln_vision.bias", new float[width]));
    }

    private static NamedTensor readOr(Map<String, StoredTensor> checkpoint, String name, float[] otherwise) {
        return checkpoint.containsKey(name)
                ? NamedTensor.read(name, Objects.requireNonNull(checkpoint.get(name)))
                : new NamedTensor(name, new long[] {otherwise.length}, otherwise);
    }
}
