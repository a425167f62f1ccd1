package io.sextant.core.internal.weights.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.error.ShownText;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.WeightFile;
import io.sextant.core.internal.weights.json.JsonText;
import io.sextant.core.internal.weights.safetensors.SafetensorsFile;
import io.sextant.core.internal.weights.torch.TorchFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The decoder: a Hugging Face folder with {@code config.json} and the weights in one file or in shards with an index,
 * safetensors before {@code pytorch_model*.bin} where both are there (transformers' order).
 */
public final class DecoderFolder {
    private static final Pattern BUFFER =
            Pattern.compile("model\\.layers\\.[0-9]+\\.self_attn\\.rotary_emb\\.inv_freq");
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";
    private static final int MAX_SHARDS = 10_000;
    private static final int LONGEST_SHOWN = 80;

    private final Path folder;
    private final LlamaConfig config;

    private DecoderFolder(Path folder, LlamaConfig config) {
        this.folder = folder;
        this.config = config;
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws ModelFilesException if it is missing, or describes a decoder that is not implemented
     */
    public static DecoderFolder open(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelFilesException(
                    folder + " has no config.json; point to the folder of a Llama model in Hugging Face's layout.");
        }
        return new DecoderFolder(folder, LlamaConfig.read(file));
    }

    /** The decoder's sizes. */
    public DecoderDimensions dimensions() {
        return config.dimensions();
    }

    /**
     * Reads the headers of all weight files and compares keys and shapes with the model's.
     *
     * @throws ModelFilesException if a file is missing or cannot be read at all
     */
    public WeightPart inspect() {
        List<WeightFile> files = weightFiles();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (WeightFile file : files) {
            file.tensors().forEach((key, tensor) -> {
                StoredTensor before = tensors.put(key, tensor);
                if (before != null) {
                    throw new ModelFilesException(file.path() + ": the tensor " + key + " is also in " + before.file()
                            + "; remove the shard that does not belong here.");
                }
            });
        }
        StoredTensor embedding = tensors.get(EMBEDDING);
        if (config.tiedEmbeddings() && embedding != null) {
            tensors.putIfAbsent(HEAD, embedding.renamed(HEAD));
        }
        return new WeightPart(folder, folder.resolve("config.json").toString(), files, tensors)
                .require(ExpectedTensors.decoder(config.dimensions()))
                .ignore(key -> BUFFER.matcher(key).matches())
                .refuseRest();
    }

    private List<WeightFile> weightFiles() {
        for (String name : List.of("model.safetensors", "pytorch_model.bin")) {
            Path single = folder.resolve(name);
            if (Files.isRegularFile(single)) {
                return List.of(open(single, name));
            }
            Path index = folder.resolve(name + ".index.json");
            if (Files.isRegularFile(index)) {
                return shards(index, name);
            }
        }
        throw new ModelFilesException(
                folder + " has no weights: neither model.safetensors nor pytorch_model.bin, nor one of"
                        + " their .index.json with shards; fetch them into this folder.");
    }

    private static WeightFile open(Path file, String kind) {
        return kind.equals("model.safetensors") ? SafetensorsFile.open(file) : TorchFile.open(file);
    }

    private Path shard(Path index, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw new ModelFilesException(
                    index + " names the shard " + ShownText.of(name, LONGEST_SHOWN)
                            + ", which cannot be a file's name here (" + e.getReason()
                            + "); give file and index another name, or start in a locale with UTF-8.",
                    e);
        }
    }

    private List<WeightFile> shards(Path index, String kind) {
        Map<String, List<String>> keysByShard = keysByShard(index);
        List<WeightFile> files = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : keysByShard.entrySet()) {
            Path shard = shard(index, entry.getKey());
            if (!Files.isRegularFile(shard)) {
                throw new ModelFilesException(index + " names the shard " + entry.getKey()
                        + ", which is missing; fetch it into " + folder + ".");
            }
            WeightFile file = open(shard, kind);
            for (String key : entry.getValue()) {
                if (!file.tensors().containsKey(key)) {
                    throw new ModelFilesException(shard + ": the tensor " + key + " is missing, which "
                            + index.getFileName() + " says is there; fetch shards and index of one version.");
                }
            }
            files.add(file);
        }
        return files;
    }

    private static Map<String, List<String>> keysByShard(Path index) {
        JsonObject json = JsonText.read(index);
        JsonElement weightMap = json.get("weight_map");
        if (weightMap == null
                || !weightMap.isJsonObject()
                || weightMap.getAsJsonObject().isEmpty()) {
            throw new ModelFilesException(index + ": \"weight_map\" is missing or empty; fetch the index again.");
        }
        Map<String, List<String>> keysByShard = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry : weightMap.getAsJsonObject().entrySet()) {
            String shard = entry.getValue().isJsonPrimitive() ? entry.getValue().getAsString() : "";
            requirePlainName(index, entry.getKey(), shard);
            keysByShard.computeIfAbsent(shard, name -> new ArrayList<>()).add(entry.getKey());
        }
        if (keysByShard.size() > MAX_SHARDS) {
            throw new ModelFilesException(index + " names " + keysByShard.size() + " shards, over the limit of "
                    + MAX_SHARDS + "; is it the right file?");
        }
        return keysByShard;
    }

    /** A shard lies in the folder itself, whatever the index says. */
    private static void requirePlainName(Path index, String key, String shard) {
        boolean plain = !shard.isEmpty()
                && shard.length() <= 255
                && !shard.equals(".")
                && !shard.equals("..")
                && shard.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
        if (!plain) {
            throw new ModelFilesException(index + ": the shard \"" + shard + "\" of " + key
                    + " is no plain file name in this folder; nothing outside the folder is read, correct the index.");
        }
    }
}
