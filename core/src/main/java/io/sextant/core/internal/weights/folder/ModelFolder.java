package io.sextant.core.internal.weights.folder;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.internal.weights.Digests;
import io.sextant.core.internal.weights.InParallel;
import io.sextant.core.internal.weights.ReadProgress;
import io.sextant.core.internal.weights.StoredTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model folder whose files have been found, checked and read as far as their headers: every key a model needs, with its
 * expected shape, and none it does not know. Holds no weight data. Immutable.
 */
public final class ModelFolder {
    private final String name;
    private final String fingerprint;
    private final ModelDimensions dimensions;
    private final Map<String, StoredTensor> vision;
    private final List<String> surplusVision;
    private final Map<String, StoredTensor> decoder;
    private final Map<String, StoredTensor> checkpoint;
    private final Path tokenizerFolder;

    private ModelFolder(
            String name,
            String fingerprint,
            ModelDimensions dimensions,
            Map<String, StoredTensor> vision,
            List<String> surplusVision,
            Map<String, StoredTensor> decoder,
            Map<String, StoredTensor> checkpoint,
            Path tokenizerFolder) {
        this.name = name;
        this.fingerprint = fingerprint;
        this.dimensions = dimensions;
        this.vision = Collections.unmodifiableMap(new LinkedHashMap<>(vision));
        this.surplusVision = List.copyOf(surplusVision);
        this.decoder = Collections.unmodifiableMap(new LinkedHashMap<>(decoder));
        this.checkpoint = Collections.unmodifiableMap(new LinkedHashMap<>(checkpoint));
        this.tokenizerFolder = tokenizerFolder;
    }

    /**
     * Opens a model folder: one {@code sextant.json}, or the published file names, which mean the published dimensions.
     * Checkpoint and image encoder are read once in full (checksums, NaN and infinity); decoder shards by header and size.
     *
     * @throws io.sextant.core.error.ModelFilesException naming the file, the key or byte, and what to do
     */
    public static ModelFolder open(Path folder) {
        return open(ModelFolderLayout.describe(folder), ReadProgress.NONE);
    }

    /**
     * Opens the parts a description names, with the same checks.
     *
     * @param progress is told of the bytes of checkpoint and image encoder that are read, twice each and by several threads
     */
    public static ModelFolder open(ModelDescription description, ReadProgress progress) {
        DecoderFolder decoderFolder = DecoderFolder.open(description.decoderFolder());
        ModelDimensions dimensions = description.dimensions(decoderFolder.dimensions());
        WeightPart decoder = decoderFolder.inspect().orThrow();
        WeightPart vision = ImageEncoderFile.inspect(
                        description.imageEncoder(), dimensions.vision(), description.sizesFrom())
                .orThrow();
        WeightPart checkpoint = CheckpointFile.inspect(description.checkpoint(), dimensions, description.sizesFrom())
                .orThrow();
        byte[][] digests = new byte[2][];
        inParallel(
                () -> digests[1] = Digests.ofFile(description.imageEncoder(), progress),
                () -> vision.check(progress),
                () -> digests[0] = Digests.ofFile(description.checkpoint(), progress),
                () -> checkpoint.check(progress));
        return new ModelFolder(
                description.name(),
                Fingerprint.of(description, dimensions, decoder, digests[0], digests[1]),
                dimensions,
                vision.used(),
                vision.ignored(),
                decoder.used(),
                checkpoint.used(),
                description.decoderFolder());
    }

    private static void inParallel(InParallel.Work... work) {
        try {
            InParallel.run(List.of(work), Runtime.getRuntime().availableProcessors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder's name. */
    public String name() {
        return name;
    }

    /** Identifies weights, sizes and tokenizer: 64 lower-case hex digits, equal for equal files wherever they lie. */
    public String fingerprint() {
        return fingerprint;
    }

    /** All sizes. */
    public ModelDimensions dimensions() {
        return dimensions;
    }

    /**
     * The image encoder by the keys of {@code eva_vit_g.pth}, used blocks only. {@code pos_embed} is (1, 1 + g * g, width)
     * as in the file; if g is not the grid of the dimensions it has to be interpolated.
     */
    public Map<String, StoredTensor> vision() {
        return vision;
    }

    /** Keys of the image encoder's file that are not used, for instance those of a surplus last block. */
    public List<String> surplusVision() {
        return surplusVision;
    }

    /** The decoder by Hugging Face's keys. With tied embeddings {@code lm_head.weight} is the embedding's place. */
    public Map<String, StoredTensor> decoder() {
        return decoder;
    }

    /**
     * {@code llama_proj.weight}, {@code llama_proj.bias} and the LoRA tensors under the names of peft 0.2.0
     * ({@code llama_model.base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight}), whatever spelling the file has.
     * {@code ln_vision.weight} and {@code ln_vision.bias} are there only if the file has them; otherwise they are 1 and 0.
     */
    public Map<String, StoredTensor> checkpoint() {
        return checkpoint;
    }

    /** Where {@code tokenizer.json} lies: the decoder's folder. */
    public Path tokenizerFolder() {
        return tokenizerFolder;
    }
}
