package io.sextant.core.internal.weights.folder;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what a model folder has beside its weights: its description, and the configuration of its decoder. */
public final class ModelDocuments {
    /** The decoder's folder in a model folder. */
    public static final String DECODER_FOLDER = "llama";

    /** The file of the image encoder's weights. */
    public static final String IMAGE_ENCODER = ModelFolderLayout.IMAGE_ENCODER;

    /** The file of the projection's and the adapter's weights. */
    public static final String CHECKPOINT = ModelFolderLayout.CHECKPOINT;

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ModelDocuments() {}

    /**
     * Writes {@code sextant.json}. To be written last, so that a folder that was left half-way is not taken for a model.
     *
     * @param key of a first field that says what the model is: {@code name} or {@code note}
     * @param text of that field
     * @param blocksInFile blocks of the encoder's file, which may be more than are used
     * @param gridInFile patches along a side that its position embeddings are for
     */
    public static void writeDescription(
            Path folder, String key, String text, ModelDimensions dimensions, int blocksInFile, int gridInFile)
            throws IOException {
        VisionDimensions vision = dimensions.vision();
        Map<String, Object> description = fields(
                key,
                text,
                "image_size",
                vision.imageSize(),
                "patch_size",
                vision.patchSize(),
                "vision",
                fields(
                        "width", vision.width(),
                        "heads", vision.heads(),
                        "blocks_used", vision.blocks(),
                        "blocks_in_file", blocksInFile,
                        "mlp_hidden", vision.mlpHidden(),
                        "layer_norm_eps", vision.layerNormEps(),
                        "grid_in_file", gridInFile,
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
        write(folder.resolve(ModelDescription.FILE_NAME), description);
    }

    /**
     * Writes {@code config.json} and {@code generation_config.json}, as Hugging Face's transformers do for a Llama.
     *
     * @param type of the weights
     */
    public static void writeDecoderConfiguration(Path folder, DecoderDimensions decoder, ElementType type)
            throws IOException {
        Map<String, Object> configuration = fields(
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
        write(folder.resolve("config.json"), configuration);
        write(
                folder.resolve("generation_config.json"),
                fields("bos_token_id", 1, "eos_token_id", 2, "pad_token_id", 0));
    }

    /** Writes {@code model.safetensors.index.json}: in which shard each tensor of a decoder lies. */
    public static void writeShardIndex(Path folder, Map<String, String> shards, long bytes) throws IOException {
        write(
                folder.resolve("model.safetensors.index.json"),
                fields("metadata", Map.of("total_size", bytes), "weight_map", shards));
    }

    private static void write(Path file, Map<String, Object> content) throws IOException {
        Files.writeString(file, GSON.toJson(content) + "\n");
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
