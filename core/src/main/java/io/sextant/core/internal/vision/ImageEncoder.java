package io.sextant.core.internal.vision;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The image encoder and the projector with their weights on a device: pixel values in, visual tokens out.
 *
 * <p>P = patches, G = patches per visual token, D = decoder width. Calls must not overlap.
 */
public final class ImageEncoder implements AutoCloseable {
    private static final String PROGRAM = "/io/sextant/core/internal/vision/encoder.py";

    private final DeviceProgram program;
    private final VisionDimensions dimensions;

    private ImageEncoder(DeviceProgram program, VisionDimensions dimensions) {
        this.program = program;
        this.dimensions = dimensions;
    }

    /** Maps the weights of a folder; position embeddings of another grid are interpolated. */
    public static ImageEncoder load(ModelFolder folder, ComputeDevice device, ElementType precision) {
        DeviceProgram program = DeviceProgram.load(PROGRAM, device, precision);
        ImageEncoder encoder = new ImageEncoder(program, folder.dimensions().vision());
        program.mapAll(folder.vision());
        encoder.loadPositions(Objects.requireNonNull(folder.vision().get("pos_embed"), "checked at opening"));
        encoder.loadProjection(folder.checkpoint());
        return encoder;
    }

    /** From the numbers of the file, in float32, whatever the precision of the rest. */
    private void loadPositions(StoredTensor stored) {
        try (DeviceTensor positions = program.tensor(stored.readFloats(), stored.shape())) {
            program.execute(
                    "put_weight",
                    "pos_embed",
                    positions,
                    ElementType.FLOAT32.torchCode(),
                    program.device().name());
        }
        program.execute("fit_positions", dimensions.grid(), program.precision().torchCode());
    }

    /** The released checkpoints bring no {@code ln_vision}; the reference then computes with ones and zeros. */
    private void loadProjection(Map<String, StoredTensor> checkpoint) {
        float[] ones = new float[dimensions.width()];
        Arrays.fill(ones, 1);
        program.put("ln_vision.weight", ones, ones.length);
        program.put("ln_vision.bias", new float[ones.length], ones.length);
        Map<String, StoredTensor> stored = new LinkedHashMap<>(checkpoint);
        stored.keySet().removeIf(name -> !name.startsWith("llama_proj.") && !name.startsWith("ln_vision."));
        program.mapAll(stored);
    }

    /** What is computed. */
    public VisionDimensions dimensions() {
        return dimensions;
    }

    /** The program, for tests that look inside and for the training module. */
    public DeviceProgram program() {
        return program;
    }

    /**
     * @param pixelValues 3 x side x side normalised numbers, channel by channel
     * @return visual tokens, (1, P / G, D); the caller owns them
     */
    public DeviceTensor encode(float[] pixelValues) {
        int side = dimensions.imageSize();
        try (DeviceTensor pixels = program.tensor(pixelValues, 1, 3, side, side)) {
            return program.call(
                    "encode",
                    pixels,
                    dimensions.blocks(),
                    dimensions.heads(),
                    dimensions.layerNormEps(),
                    dimensions.lnVisionEps(),
                    dimensions.patchesPerVisualToken());
        }
    }

    /** Frees the weights; may be called twice. */
    @Override
    public void close() {
        program.close();
    }
}
