package io.sextant.training.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.ModelDescription;
import io.sextant.core.internal.weights.SafetensorsWriter;
import io.sextant.core.internal.weights.TensorValues;
import io.sextant.core.internal.weights.TorchWriter;
import io.sextant.core.internal.weights.WritableTensor;
import io.sextant.training.device.ModelTensors;
import io.sextant.training.device.NamedTensor;
import io.sextant.training.stage.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a run's model as a model folder, with the file formats and key names of the published one, so that the core opens it as it
 * is. The norm behind the encoder is left out: the reference computes with ones and zeros then, as training did.
 */
public final class ModelExport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String DECODER_FOLDER = "llama";
    private static final String IMAGE_ENCODER = "eva_vit_g.pth";
    private static final String CHECKPOINT = "minigptv2_checkpoint.pth";

    private final ModelDimensions dimensions;
    private final ModelParts parts;
    private final ElementType type;

    /** @param type of the numbers in the files: BFLOAT16, FLOAT16 or FLOAT32 */
    public ModelExport(ModelDimensions dimensions, ModelParts parts, ElementType type) {
        this.dimensions = dimensions;
        this.parts = parts;
        this.type = type;
    }

    /**
     * @param folder that is made; it must not hold a model yet
     * @param name of the model
     * @param tokenizer {@code tokenizer.json} to copy
     * @throws ConfigurationException if it cannot be written
     */
    public void write(Path folder, String name, Path tokenizer) {
        try {
            Path decoder = Files.createDirectories(folder.resolve(DECODER_FOLDER));
            Files.copy(tokenizer, decoder.resolve("tokenizer.json"));
            Files.writeString(decoder.resolve("config.json"), GSON.toJson(config()) + "\n");
            Files.writeString(
                    decoder.resolve("generation_config.json"),
                    GSON.toJson(fields("bos_token_id", 1, "eos_token_id", 2, "pad_token_id", 0)) + "\n");
            SafetensorsWriter.write(decoder.resolve("model.safetensors"), tensors(Part.DECODER, ""));
            List<WritableTensor> encoder = new ArrayList<>(tensors(Part.ENCODER, ""));
            encoder.removeIf(tensor -> tensor.name().startsWith("ln_vision."));
            TorchWriter.write(folder.resolve(IMAGE_ENCODER), "eva_vit_g", new TorchWriter.StateDict(encoder));
            List<WritableTensor> checkpoint = new ArrayList<>(tensors(Part.PROJECTION, ""));
            checkpoint.addAll(tensors(Part.ADAPTER, ModelTensors.ADAPTER_PREFIX));
            TorchWriter.write(
                    folder.resolve(CHECKPOINT),
                    "minigptv2_checkpoint",
                    fields("model", new TorchWriter.StateDict(checkpoint), "epoch", 0));
            // Last, so that a folder that was left half-way is not taken for a model.
            Files.writeString(folder.resolve(ModelDescription.FILE_NAME), GSON.toJson(description(name)) + "\n");
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The model cannot be written to " + folder + " (" + e + "); name a new folder with enough space.",
                    e);
        }
    }

    private List<WritableTensor> tensors(Part part, String prefix) {
        return parts.of(part).stream().map(tensor -> writable(prefix, tensor)).toList();
    }

    private WritableTensor writable(String prefix, NamedTensor tensor) {
        return WritableTensor.of(
                prefix + tensor.name(),
                type,
                Arrays.stream(tensor.shape()).boxed().toList(),
                TensorValues.of(tensor.values()));
    }

    private Map<String, Object> description(String name) {
        VisionDimensions vision = dimensions.vision();
        return fields(
                "name",
                name,
                "image_size",
                vision.imageSize(),
                "patch_size",
                vision.patchSize(),
                "vision",
                fields(
                        "width", vision.width(),
                        "heads", vision.heads(),
                        "blocks_used", vision.blocks(),
                        "blocks_in_file", vision.blocks(),
                        "mlp_hidden", vision.mlpHidden(),
                        "layer_norm_eps", vision.layerNormEps(),
                        "grid_in_file", vision.grid(),
                        "grid", vision.grid()),
                "ln_vision_eps",
                vision.lnVisionEps(),
                "patches_per_visual_token",
                vision.patchesPerVisualToken(),
                "visual_tokens",
                vision.visualTokens(),
                "lora",
                fields(
                        "rank", dimensions.lora().rank(),
                        "alpha", dimensions.lora().alpha(),
                        "targets", List.of("q_proj", "v_proj")),
                "vocabulary",
                dimensions.decoder().vocabulary(),
                "files",
                fields("llama", DECODER_FOLDER, "vision_encoder", IMAGE_ENCODER, "checkpoint", CHECKPOINT));
    }

    private Map<String, Object> config() {
        DecoderDimensions decoder = dimensions.decoder();
        return fields(
                "architectures", List.of("LlamaForCausalLM"),
                "model_type", "llama",
                "bos_token_id", 1,
                "eos_token_id", 2,
                "hidden_act", "silu",
                "hidden_size", decoder.hidden(),
                "intermediate_size", decoder.intermediate(),
                "max_position_embeddings", decoder.contextLength(),
                "num_attention_heads", decoder.heads(),
                "num_hidden_layers", decoder.layers(),
                "num_key_value_heads", decoder.keyValueHeads(),
                "rms_norm_eps", decoder.rmsNormEps(),
                "rope_theta", decoder.ropeTheta(),
                "tie_word_embeddings", false,
                "torch_dtype", type.name().toLowerCase(Locale.ROOT),
                "vocab_size", decoder.vocabulary());
    }

    /** Keys and values in turn, in this order. */
    private static Map<String, Object> fields(Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }
}
