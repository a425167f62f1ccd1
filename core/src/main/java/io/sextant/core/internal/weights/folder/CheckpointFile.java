package io.sextant.core.internal.weights.folder;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.torch.TorchFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checkpoint: {@code model} holds projector and LoRA adapter, and perhaps {@code ln_vision}; the trainer's other
 * entries ({@code optimizer}, {@code config}, {@code scaler}, {@code epoch}) are not read.
 */
public final class CheckpointFile {
    // peft 0.2.0 writes lora_A.weight; from 0.3.0 on the adapter's name stands between, and its default is "default".
    private static final String LATER_SPELLING = ".default.weight";

    private CheckpointFile() {}

    /**
     * Compares the keys and shapes of {@code model} with what the model reads.
     *
     * @param sizesFrom where the sizes come from, for messages
     * @throws ModelFilesException if the file cannot be read at all
     */
    public static WeightPart inspect(Path path, ModelDimensions model, String sizesFrom) {
        TorchFile file = TorchFile.open(path);
        Map<String, StoredTensor> tensors = normalised(path, file.tensors("model"));
        Map<String, List<Long>> expected = new LinkedHashMap<>(ExpectedTensors.checkpoint(model));
        if (ExpectedTensors.LN_VISION.stream().anyMatch(tensors::containsKey)) {
            long width = model.vision().width();
            ExpectedTensors.LN_VISION.forEach(key -> expected.put(key, List.of(width)));
        }
        return new WeightPart(path, sizesFrom, List.of(file), tensors)
                .require(expected)
                .ignore(CheckpointFile::isBuffer)
                .refuseRest();
    }

    private static Map<String, StoredTensor> normalised(Path path, Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> byName = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            boolean later = key.endsWith(".lora_A" + LATER_SPELLING) || key.endsWith(".lora_B" + LATER_SPELLING);
            String name = later ? key.substring(0, key.length() - LATER_SPELLING.length()) + ".weight" : key;
            if (byName.put(name, tensor.renamed(name)) != null) {
                throw new ModelFilesException(path + ": the tensor " + name
                        + " is there in two spellings (peft 0.2 and later); remove one of them.");
            }
        });
        return byName;
    }

    /** Buffers the trainer saves along; they are computed anew. */
    private static boolean isBuffer(String key) {
        return key.startsWith("llama_model.") && key.endsWith(".rotary_emb.inv_freq");
    }
}
