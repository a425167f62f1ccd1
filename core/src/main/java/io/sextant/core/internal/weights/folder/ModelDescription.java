package io.sextant.core.internal.weights.folder;

import com.google.gson.JsonElement;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.json.JsonFields;
import io.sextant.core.internal.weights.json.JsonText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What no weight file states: sizes of image encoder and adapter, and where each part lies.
 *
 * <p>As {@code sextant.json} it has the fields below; unknown ones are refused, since a misspelt one would silently mean its
 * default. Paths are seen from the file's folder; they may lead out of it, so that several models can share one decoder.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>image_size, patch_size</td><td>pixels; required</td></tr>
 * <tr><td>vision.width, .heads, .blocks_used, .mlp_hidden</td><td>required</td></tr>
 * <tr><td>vision.layer_norm_eps, ln_vision_eps</td><td>1e-6, 1e-5</td></tr>
 * <tr><td>patches_per_visual_token</td><td>4</td></tr>
 * <tr><td>lora.rank, lora.alpha</td><td>required</td></tr>
 * <tr><td>lora.targets</td><td>only [q_proj, v_proj]</td></tr>
 * <tr><td>files.llama, files.vision_encoder, files.checkpoint</td><td>folder, file, file; required</td></tr>
 * <tr><td>vision.grid, visual_tokens, lora.scaling, vocabulary</td><td>follow from others; must agree where given</td></tr>
 * <tr><td>name</td><td>the folder's name</td></tr>
 * <tr><td>vision.mlp_ratio, .blocks_in_file, .grid_in_file, bos_token_id, eos_token_id, unk_token_id, pad_piece,
 * pad_token_id, prompt, files.llama_bin, note</td><td>for people; not read, since the files themselves say it</td></tr>
 * </table>
 *
 * @param name of the model
 * @param sizesFrom where the sizes come from, for messages
 * @param vision sizes of the image encoder
 * @param lora sizes of the adapter
 * @param vocabulary the decoder must have, or 0 if nothing is said
 * @param decoderFolder the Llama folder
 * @param imageEncoder the file like {@code eva_vit_g.pth}
 * @param checkpoint the file like {@code minigptv2_checkpoint.pth}
 */
public record ModelDescription(
        String name,
        String sizesFrom,
        VisionDimensions vision,
        LoraDimensions lora,
        int vocabulary,
        Path decoderFolder,
        Path imageEncoder,
        Path checkpoint) {
    /** The file's name in a model folder. */
    public static final String FILE_NAME = "sextant.json";

    private static final Set<String> FIELDS = Set.of(
            "name",
            "note",
            "image_size",
            "patch_size",
            "vision",
            "ln_vision_eps",
            "patches_per_visual_token",
            "visual_tokens",
            "lora",
            "vocabulary",
            "bos_token_id",
            "eos_token_id",
            "unk_token_id",
            "pad_piece",
            "pad_token_id",
            "files",
            "prompt");
    private static final Set<String> VISION_FIELDS = Set.of(
            "width",
            "heads",
            "blocks_used",
            "blocks_in_file",
            "mlp_ratio",
            "mlp_hidden",
            "layer_norm_eps",
            "grid_in_file",
            "grid");
    private static final Set<String> LORA_FIELDS = Set.of("rank", "alpha", "scaling", "targets");
    private static final Set<String> FILES_FIELDS = Set.of("llama", "llama_bin", "vision_encoder", "checkpoint");

    /**
     * Reads a description.
     *
     * @throws ModelFilesException naming the field that is missing, unknown, out of range or contradicted by another
     */
    public static ModelDescription read(Path file) {
        JsonFields fields = new JsonFields(JsonText.read(file), file.toString());
        fields.requireOnly(FIELDS);
        try {
            VisionDimensions vision = vision(fields);
            LoraDimensions lora = lora(fields);
            Path folder = file.toAbsolutePath().resolveSibling("").normalize();
            JsonFields files = fields.object("files");
            files.requireOnly(FILES_FIELDS);
            return new ModelDescription(
                    fields.has("name") ? fields.string("name") : nameOf(folder),
                    file.toString(),
                    vision,
                    lora,
                    fields.whole("vocabulary", 0),
                    path(files, "llama", folder),
                    path(files, "vision_encoder", folder),
                    path(files, "checkpoint", folder));
        } catch (IllegalArgumentException e) {
            throw new ModelFilesException(file + ": " + e.getMessage() + "; correct the file.", e);
        }
    }

    /** The released model's sizes, for a folder without a description. */
    static ModelDescription published(Path folder, Path decoderFolder, Path imageEncoder, Path checkpoint) {
        return new ModelDescription(
                nameOf(folder.toAbsolutePath().normalize()),
                "the published MiniGPT-v2 (no " + FILE_NAME + " in " + folder + ")",
                VisionDimensions.published(),
                LoraDimensions.published(),
                0,
                decoderFolder,
                imageEncoder,
                checkpoint);
    }

    /**
     * All sizes, with those of the decoder found in its folder.
     *
     * @throws ModelFilesException if they contradict this description
     */
    public ModelDimensions dimensions(DecoderDimensions decoder) {
        if (vocabulary != 0 && vocabulary != decoder.vocabulary()) {
            throw new ModelFilesException(
                    sizesFrom + ": \"vocabulary\" is " + vocabulary + ", but " + decoderFolder.resolve("config.json")
                            + " says " + decoder.vocabulary() + "; correct one of them.");
        }
        try {
            return new ModelDimensions(vision, decoder, lora);
        } catch (IllegalArgumentException e) {
            throw new ModelFilesException(
                    decoderFolder.resolve("config.json") + " does not fit " + sizesFrom + ": " + e.getMessage() + ".",
                    e);
        }
    }

    private static VisionDimensions vision(JsonFields fields) {
        JsonFields vision = fields.object("vision");
        vision.requireOnly(VISION_FIELDS);
        VisionDimensions dimensions = new VisionDimensions(
                fields.whole("image_size"),
                fields.whole("patch_size"),
                vision.whole("width"),
                vision.whole("heads"),
                vision.whole("blocks_used"),
                vision.whole("mlp_hidden"),
                vision.number("layer_norm_eps", 1e-6),
                fields.number("ln_vision_eps", 1e-5),
                fields.whole("patches_per_visual_token", 4));
        requireEqual(vision, "grid", dimensions.grid());
        requireEqual(fields, "visual_tokens", dimensions.visualTokens());
        return dimensions;
    }

    private static LoraDimensions lora(JsonFields fields) {
        JsonFields lora = fields.object("lora");
        lora.requireOnly(LORA_FIELDS);
        LoraDimensions dimensions = new LoraDimensions(lora.whole("rank"), lora.number("alpha"));
        requireEqual(lora, "scaling", dimensions.scaling());
        if (lora.has("targets")) {
            List<String> targets = new ArrayList<>();
            for (JsonElement target : lora.array("targets")) {
                targets.add(target.isJsonPrimitive() ? target.getAsString() : "?");
            }
            if (targets.size() != 2 || !targets.contains("q_proj") || !targets.contains("v_proj")) {
                throw lora.wrong("targets", "[\"q_proj\", \"v_proj\"], which is what the model adapts");
            }
        }
        return dimensions;
    }

    private static void requireEqual(JsonFields fields, String key, double derived) {
        if (fields.has(key) && Math.abs(fields.number(key) - derived) > 1e-9 * derived) {
            throw fields.wrong(key, derived + ", as the other fields say");
        }
    }

    private static Path path(JsonFields files, String key, Path folder) {
        try {
            return folder.resolve(files.string(key)).normalize();
        } catch (InvalidPathException e) {
            throw files.wrong(key, "a path");
        }
    }

    private static String nameOf(Path folder) {
        Path name = folder.getFileName();
        return name == null ? folder.toString() : name.toString();
    }
}
