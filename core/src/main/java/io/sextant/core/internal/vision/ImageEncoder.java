package io.sextant.core.internal.vision;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.quantization.QuantizedWeight;
import io.sextant.core.internal.quantization.RoundedWeights;
import io.sextant.core.internal.quantization.Rounding;
import io.sextant.core.internal.quantization.WeightCache;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.quantization.WeightRows;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The image encoder and the projector with their weights on a device: pixel values in, visual tokens out.
 *
 * <p>P = patches, G = patches per visual token, D = decoder width. Calls must not overlap.
 */
public final class ImageEncoder implements AutoCloseable {
    private static final String PROGRAM = "/io/sextant/core/internal/vision/encoder.py";

    /** Where an image pass spends its time. */
    private static final Pattern PRODUCTS =
            Pattern.compile("blocks\\.\\d+\\.(attn\\.(qkv|proj)|mlp\\.fc[12])\\.weight");

    /**
     * Numbers of a weight from which on its product is faster in whole numbers: measured on 577 rows, 147 thousand (768 x 192) were not,
     * and 590 thousand (1536 x 384) took two thirds of the time of bfloat16.
     */
    private static final long WORTH_ROUNDING = 500_000;

    private final DeviceProgram program;
    private final VisionDimensions dimensions;

    private ImageEncoder(DeviceProgram program, VisionDimensions dimensions) {
        this.program = program;
        this.dimensions = dimensions;
    }

    /** As {@link #load(ModelFolder, ComputeDevice, ElementType, WeightKind, Optional, Consumer)}, with the weights as they are. */
    public static ImageEncoder load(ModelFolder folder, ComputeDevice device, ElementType precision) {
        return load(folder, device, precision, WeightKind.AS_IS, Optional.empty(), step -> {});
    }

    /**
     * Brings in the weights of a folder; position embeddings of another grid are interpolated.
     *
     * @param folder whose image encoder and projector to use
     * @param precision what to compute in
     * @param kind what the decoder's weights are kept as; {@link #kindOf} says what that means for those of the image encoder
     * @param cache where smaller weights are kept from one start to the next
     * @param progress gets a few words before each long step
     */
    public static ImageEncoder load(
            ModelFolder folder,
            ComputeDevice device,
            ElementType precision,
            WeightKind kind,
            Optional<WeightCache> cache,
            Consumer<String> progress) {
        return load(folder, device, precision, kind, WORTH_ROUNDING, cache, progress);
    }

    /** @param least numbers of a weight that is rounded */
    static ImageEncoder load(
            ModelFolder folder,
            ComputeDevice device,
            ElementType precision,
            WeightKind kind,
            long least,
            Optional<WeightCache> cache,
            Consumer<String> progress) {
        DeviceProgram program = DeviceProgram.load(PROGRAM, device, precision);
        ImageEncoder encoder = new ImageEncoder(program, folder.dimensions().vision());
        try {
            encoder.loadBlocks(folder, kind, least, cache, progress);
            encoder.loadPositions(Objects.requireNonNull(folder.vision().get("pos_embed"), "checked at opening"));
            encoder.loadProjection(folder.checkpoint());
            return encoder;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /**
     * What a weight is kept as where the decoder's weights are of a kind: the four products of a block have 8 bits for either kind of
     * whole numbers, unless they are small; the patch embedding, norms and the projector stay as they are.
     *
     * @param numbers that the weight has
     */
    public static WeightKind kindOf(String key, long numbers, WeightKind kind) {
        return numbers >= WORTH_ROUNDING ? kindOfLarge(key, kind) : WeightKind.AS_IS;
    }

    private static WeightKind kindOfLarge(String key, WeightKind kind) {
        return kind != WeightKind.AS_IS && PRODUCTS.matcher(key).matches() ? WeightKind.INT8 : WeightKind.AS_IS;
    }

    private void loadBlocks(
            ModelFolder folder, WeightKind kind, long least, Optional<WeightCache> cache, Consumer<String> progress) {
        Map<String, StoredTensor> asTheyAre = new LinkedHashMap<>(folder.vision());
        List<QuantizedWeight> rounded = new ArrayList<>();
        folder.vision().forEach((key, tensor) -> {
            WeightKind own = tensor.elementCount() >= least ? kindOfLarge(key, kind) : WeightKind.AS_IS;
            if (own != WeightKind.AS_IS) {
                asTheyAre.remove(key);
                rounded.add(new QuantizedWeight(
                        key, new WeightRows(tensor, Optional.empty()), Rounding.of(own, program.precision(), 0)));
            }
        });
        program.mapAll(asTheyAre);
        new RoundedWeights(rounded)
                .load(program, "image encoder", WeightKind.INT8, folder.fingerprint(), cache, progress);
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
