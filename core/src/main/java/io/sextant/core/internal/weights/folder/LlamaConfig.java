package io.sextant.core.internal.weights.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.json.JsonFields;
import io.sextant.core.internal.weights.json.JsonText;
import java.nio.file.Path;

/**
 * The {@code config.json} of a Hugging Face Llama folder.
 *
 * <p>Absent keys have the defaults of transformers' LlamaConfig. What would change the computation and is not implemented
 * is refused by name; what does not change it ({@code pretraining_tp}, {@code torch_dtype}, …) is not looked at.
 *
 * @param dimensions of the decoder
 * @param tiedEmbeddings whether {@code lm_head.weight} is the embedding if the files lack it
 */
public record LlamaConfig(DecoderDimensions dimensions, boolean tiedEmbeddings) {

    public static LlamaConfig read(Path file) {
        JsonObject json = JsonText.read(file);
        JsonFields fields = new JsonFields(json, file.toString());
        requireLlama(fields);
        refuseVariants(fields);
        int heads = fields.whole("num_attention_heads", 32);
        try {
            DecoderDimensions dimensions = new DecoderDimensions(
                    fields.whole("hidden_size", 4096),
                    fields.whole("num_hidden_layers", 32),
                    heads,
                    fields.whole("num_key_value_heads", heads),
                    fields.whole("intermediate_size", 11008),
                    fields.whole("vocab_size", 32000),
                    fields.whole("max_position_embeddings", 2048),
                    fields.number("rms_norm_eps", 1e-6),
                    ropeTheta(fields));
            requireHeadDim(fields, dimensions);
            return new LlamaConfig(dimensions, fields.bool("tie_word_embeddings", false));
        } catch (IllegalArgumentException e) {
            throw new ModelFilesException(file + ": " + e.getMessage() + "; correct the file.", e);
        }
    }

    private static void requireLlama(JsonFields fields) {
        if (!fields.has("model_type") && !fields.has("architectures")) {
            throw fields.wrong("model_type", "\"llama\"");
        }
        if (fields.has("model_type") && !fields.string("model_type").equals("llama")) {
            throw fields.wrong("model_type", "\"llama\", the only decoder this model has");
        }
        if (fields.has("architectures")) {
            for (JsonElement name : fields.array("architectures")) {
                if (name.isJsonPrimitive() && name.getAsString().equals("LlamaForCausalLM")) {
                    return;
                }
            }
            throw fields.wrong("architectures", "[\"LlamaForCausalLM\"], the only decoder this model has");
        }
    }

    private static void refuseVariants(JsonFields fields) {
        if (fields.has("hidden_act") && !fields.string("hidden_act").equals("silu")) {
            throw fields.wrong("hidden_act", "\"silu\"; other activations are not implemented");
        }
        if (fields.has("rope_scaling")) {
            throw fields.wrong("rope_scaling", "absent or null; scaled positions are not implemented");
        }
        for (String bias : new String[] {"attention_bias", "mlp_bias"}) {
            if (fields.bool(bias, false)) {
                throw fields.wrong(bias, "absent or false; biases are not implemented");
            }
        }
        if (fields.has("quantization_config")) {
            throw fields.wrong("quantization_config", "absent; use the original weights, not quantised ones");
        }
    }

    /** Newer versions of transformers write {@code rope_parameters} instead of {@code rope_theta}. */
    private static double ropeTheta(JsonFields fields) {
        if (!fields.has("rope_parameters")) {
            return fields.number("rope_theta", 10000);
        }
        JsonFields parameters = fields.object("rope_parameters");
        if (parameters.has("rope_type") && !parameters.string("rope_type").equals("default")) {
            throw parameters.wrong("rope_type", "\"default\"; scaled positions are not implemented");
        }
        return parameters.number("rope_theta", fields.number("rope_theta", 10000));
    }

    private static void requireHeadDim(JsonFields fields, DecoderDimensions dimensions) {
        if (fields.whole("head_dim", dimensions.headDim()) != dimensions.headDim()) {
            throw fields.wrong("head_dim", "hidden_size / num_attention_heads = " + dimensions.headDim());
        }
    }
}
