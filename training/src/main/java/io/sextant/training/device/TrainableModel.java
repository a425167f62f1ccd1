package io.sextant.training.device;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.training.sequence.TokenBatch;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A model whose parameters can be changed: the same device programs that answer requests, with gradients.
 *
 * <p>Parameters live in float32 whatever the precision of the products. Gradients add up from call to call until they are
 * cleared. Not thread-safe.
 */
public final class TrainableModel implements AutoCloseable {
    private static final String MASTER = "master.";

    private final TrainingProgram program;
    private final ModelDimensions dimensions;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    private TrainableModel(TrainingProgram program, ModelDimensions dimensions) {
        this.program = program;
        this.dimensions = dimensions;
    }

    /**
     * A model without weights; {@link #freeze} and {@link #train} bring them.
     *
     * @param precision of the products: FLOAT32 or BFLOAT16
     * @param device where it computes
     */
    public static TrainableModel create(ModelDimensions dimensions, ElementType precision, ComputeDevice device) {
        TrainingProgram program = TrainingProgram.load(device, precision);
        TrainableModel model = new TrainableModel(program, dimensions);
        model.configure(dimensions.vision());
        model.configure(dimensions.decoder());
        model.configure(dimensions.lora());
        model.set("dtype", precision.torchCode());
        model.nameAt(0, 0);
        program.keep("pixel.mean", ImagePreprocessor.mean(), false, 3);
        program.keep("pixel.deviation", ImagePreprocessor.standardDeviation(), false, 3);
        program.execute("set_training", true);
        return model;
    }

    private void configure(VisionDimensions vision) {
        set("blocks", vision.blocks());
        set("vision_heads", vision.heads());
        set("layer_norm_eps", vision.layerNormEps());
        set("ln_vision_eps", vision.lnVisionEps());
        set("patches_per_visual_token", vision.patchesPerVisualToken());
    }

    private void configure(DecoderDimensions decoder) {
        set("layers", decoder.layers());
        set("heads", decoder.heads());
        set("key_value_heads", decoder.keyValueHeads());
        set("rms_norm_eps", decoder.rmsNormEps());
        program.execute(
                "build_rope",
                decoder.headDim(),
                decoder.contextLength(),
                decoder.ropeTheta(),
                program.precision().torchCode(),
                program.device().name());
    }

    private void configure(LoraDimensions lora) {
        set("lora_scaling", lora.scaling());
    }

    /**
     * Lets an inner layer say what positions are about, see {@link io.sextant.training.sequence.TokenRow#names}.
     *
     * @param layer how many layers come before it says so; 0 if none says so
     * @param share how much their mean loss counts against that of the answers
     */
    public void nameAt(int layer, double share) {
        set("name_layer", layer);
        set("name_share", share);
    }

    private void set(String name, double value) {
        program.execute("configure", name, value);
    }

    /** All sizes. */
    public ModelDimensions dimensions() {
        return dimensions;
    }

    /** What the products are computed in. */
    public ElementType precision() {
        return program.precision();
    }

    /** The program, for tests that look inside. */
    public TrainingProgram program() {
        return program;
    }

    /** Gives tensors that no step changes. */
    public void freeze(Collection<NamedTensor> tensors) {
        tensors.forEach(tensor -> program.keep("frozen." + tensor.name(), tensor.values(), false, tensor.shape()));
        try (BatchTensor nothing = program.tensor(new float[1], 1)) {
            program.record("convert_frozen", nothing);
        }
    }

    /** Gives tensors that every step changes. */
    public void train(Collection<NamedTensor> tensors) {
        for (NamedTensor tensor : tensors) {
            program.keep(MASTER + tensor.name(), tensor.values(), true, tensor.shape());
            shapes.put(tensor.name(), tensor.shape());
        }
    }

    /** Names and shapes of the parameters, in the order they were given. */
    public Map<String, long[]> parameters() {
        return Collections.unmodifiableMap(shapes);
    }

    /** A parameter as it is now. */
    public NamedTensor parameter(String name) {
        return read(name, "weight", MASTER + name);
    }

    /** The gradient a parameter has collected; empty if none has reached it. */
    public float[] gradient(String name) {
        try (DeviceTensor tensor = program.call("gradient", name)) {
            return program.floats(tensor);
        }
    }

    /** Mean of what an optimiser keeps of a parameter's gradients. */
    public NamedTensor gradientMean(String name) {
        return read(name, "weight", "adamw.mean." + name);
    }

    /** Mean of the squares of a parameter's gradients. */
    public NamedTensor gradientSquare(String name) {
        return read(name, "weight", "adamw.square." + name);
    }

    /** Puts an optimiser's memory of a parameter back. */
    public void restoreMoments(NamedTensor mean, NamedTensor square) {
        program.keep("adamw.mean." + mean.name(), mean.values(), false, mean.shape());
        program.keep("adamw.square." + square.name(), square.values(), false, square.shape());
    }

    private NamedTensor read(String name, String method, String key) {
        long[] shape = Objects.requireNonNull(shapes.get(name), name);
        try (DeviceTensor tensor = program.call(method, key)) {
            return new NamedTensor(name, shape.clone(), program.floats(tensor));
        }
    }

    /**
     * Forward and backward through rows of tokens; gradients are added to those collected.
     *
     * @param share of this batch in the step, 1 / number of batches accumulated
     * @return mean loss over the batch's labels, by their weights
     */
    public float trainRows(TokenBatch batch, Images images, float share) {
        try (RowTensors rows = RowTensors.of(program, batch, images, dimensions.vision());
                BatchTensor factor = program.tensor(new float[] {share}, 1)) {
            return program.record("train_rows", rows.with(factor))[0];
        }
    }

    /** Losses of rows, each summed over its labels by their weights, without a gradient. */
    public float[] rowLosses(TokenBatch batch, Images images) {
        try (RowTensors rows = RowTensors.of(program, batch, images, dimensions.vision());
                DeviceTensor losses = program.call("measure_rows", (Object[]) Arrays.copyOf(rows.all(), 6))) {
            return program.floats(losses);
        }
    }

    /** The likeliest id behind each position, (B, T) row by row; exact for vocabularies below 2^24. */
    public int[] predictRows(TokenBatch batch, Images images) {
        try (RowTensors rows = RowTensors.of(program, batch, images, dimensions.vision());
                DeviceTensor ids = program.call("predict_rows", (Object[]) Arrays.copyOf(rows.all(), 4))) {
            float[] values = program.floats(ids);
            int[] whole = new int[values.length];
            for (int i = 0; i < whole.length; i++) {
                whole[i] = (int) values[i];
            }
            return whole;
        }
    }

    /** Forward and backward through the image encoder and its pre-training head; gradients are added. */
    public PatchScores trainPatches(PatchBatch batch, float share) {
        try (PatchTensors patches = PatchTensors.of(program, batch, dimensions.vision());
                BatchTensor factor = program.tensor(new float[] {share}, 1)) {
            return PatchScores.of(program.record(
                    "train_patches", patches.images(), patches.classes(), patches.edges(), patches.weights(), factor));
        }
    }

    /** The same losses without a gradient. */
    public PatchScores measurePatches(PatchBatch batch) {
        try (PatchTensors patches = PatchTensors.of(program, batch, dimensions.vision());
                DeviceTensor scores = program.call(
                        "measure_patches", patches.images(), patches.classes(), patches.edges(), patches.weights())) {
            return PatchScores.of(program.floats(scores));
        }
    }

    /** Length of all collected gradients taken as one vector. */
    public float gradientNorm() {
        try (DeviceTensor norm = program.call("gradient_norm")) {
            return program.floats(norm)[0];
        }
    }

    /** Sets all collected gradients to zero. */
    public void clearGradients() {
        program.execute("clear_gradients");
    }

    /** Frees everything; may be called twice. */
    @Override
    public void close() {
        program.close();
    }
}
