package io.sextant.core.internal.weights.folder;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys a model reads and their shapes, in the order of computation. Linear weights are (out, in).
 *
 * <p>Keys and shapes: eva_vit_g.pth as minigpt4/models/eva_vit.py reads it; Llama as in transformers'
 * modeling_llama.py; the checkpoint as the reference's trainer writes it under peft 0.2.0.
 */
public final class ExpectedTensors {
    /** The key of the position embedding, whose grid may differ from the model's. */
    public static final String POSITION_EMBEDDING = "pos_embed";

    /** The keys a checkpoint may leave out. */
    static final List<String> LN_VISION = List.of("ln_vision.weight", "ln_vision.bias");

    private ExpectedTensors() {}

    /** The image encoder. {@link #POSITION_EMBEDDING} has the model's own grid here. */
    public static Map<String, List<Long>> vision(VisionDimensions vision) {
        Keys keys = new Keys("");
        long width = vision.width();
        keys.put("cls_token", 1, 1, width);
        keys.put(POSITION_EMBEDDING, 1, vision.patches() + 1, width);
        keys.put("patch_embed.proj.weight", width, 3, vision.patchSize(), vision.patchSize());
        keys.put("patch_embed.proj.bias", width);
        for (int block = 0; block < vision.blocks(); block++) {
            keys.prefix = "blocks." + block + ".";
            keys.put("norm1.weight", width);
            keys.put("norm1.bias", width);
            keys.put("attn.q_bias", width);
            keys.put("attn.v_bias", width);
            keys.put("attn.qkv.weight", 3 * width, width);
            keys.put("attn.proj.weight", width, width);
            keys.put("attn.proj.bias", width);
            keys.put("norm2.weight", width);
            keys.put("norm2.bias", width);
            keys.put("mlp.fc1.weight", vision.mlpHidden(), width);
            keys.put("mlp.fc1.bias", vision.mlpHidden());
            keys.put("mlp.fc2.weight", width, vision.mlpHidden());
            keys.put("mlp.fc2.bias", width);
        }
        return keys.shapes;
    }

    /** The decoder. */
    public static Map<String, List<Long>> decoder(DecoderDimensions decoder) {
        Keys keys = new Keys("");
        long hidden = decoder.hidden();
        keys.put("model.embed_tokens.weight", decoder.vocabulary(), hidden);
        for (int layer = 0; layer < decoder.layers(); layer++) {
            keys.prefix = "model.layers." + layer + ".";
            keys.put("input_layernorm.weight", hidden);
            keys.put("self_attn.q_proj.weight", hidden, hidden);
            keys.put("self_attn.k_proj.weight", decoder.keyValueWidth(), hidden);
            keys.put("self_attn.v_proj.weight", decoder.keyValueWidth(), hidden);
            keys.put("self_attn.o_proj.weight", hidden, hidden);
            keys.put("post_attention_layernorm.weight", hidden);
            keys.put("mlp.gate_proj.weight", decoder.intermediate(), hidden);
            keys.put("mlp.up_proj.weight", decoder.intermediate(), hidden);
            keys.put("mlp.down_proj.weight", hidden, decoder.intermediate());
        }
        keys.prefix = "";
        keys.put("model.norm.weight", hidden);
        keys.put("lm_head.weight", decoder.vocabulary(), hidden);
        return keys.shapes;
    }

    /** The projector, from image features to the decoder's width; part of the checkpoint. */
    public static Map<String, List<Long>> projector(ModelDimensions model) {
        Keys keys = new Keys("");
        keys.put("llama_proj.weight", model.decoder().hidden(), model.vision().projectorInput());
        keys.put("llama_proj.bias", model.decoder().hidden());
        return keys.shapes;
    }

    /** Projector and LoRA adapter under the names of peft 0.2.0; without {@code ln_vision}. */
    public static Map<String, List<Long>> checkpoint(ModelDimensions model) {
        Keys keys = new Keys("");
        DecoderDimensions decoder = model.decoder();
        long rank = model.lora().rank();
        keys.shapes.putAll(projector(model));
        for (int layer = 0; layer < decoder.layers(); layer++) {
            keys.prefix = "llama_model.base_model.model.model.layers." + layer + ".self_attn.";
            keys.put("q_proj.lora_A.weight", rank, decoder.hidden());
            keys.put("q_proj.lora_B.weight", decoder.hidden(), rank);
            keys.put("v_proj.lora_A.weight", rank, decoder.hidden());
            keys.put("v_proj.lora_B.weight", decoder.keyValueWidth(), rank);
        }
        return keys.shapes;
    }

    private static final class Keys {
        private final Map<String, List<Long>> shapes = new LinkedHashMap<>();
        private String prefix;

        Keys(String prefix) {
            this.prefix = prefix;
        }

        void put(String key, long... shape) {
            shapes.put(prefix + key, Arrays.stream(shape).boxed().toList());
        }
    }
}
