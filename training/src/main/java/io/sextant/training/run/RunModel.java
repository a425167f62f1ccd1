package io.sextant.training.run;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.training.device.AlignedProjection;
import io.sextant.training.stage.Part;
import io.sextant.training.stage.Stage;
import io.sextant.training.vocabulary.EmbeddedTokenizer;
import io.sextant.training.world.noun.Nouns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The model of a run: its sizes, its tokenizer, and its parts as they are now.
 *
 * @param dimensions all sizes
 * @param tokenizer a copy of which lies in the run's folder, so that ids stay what the weights mean
 * @param parts of the newest checkpoint, or of a named stage's
 */
public record RunModel(ModelDimensions dimensions, LlamaTokenizer tokenizer, ModelParts parts) {

    /**
     * Loads it.
     *
     * @param nouns that the encoder's pre-training tells apart
     * @param stage whose newest checkpoint to take; empty for the run's newest
     * @throws ConfigurationException if the run has no checkpoint of that stage
     */
    public static RunModel load(RunFolder folder, Nouns nouns, Optional<String> stage) {
        if (!Files.exists(tokenizerFile(folder))) {
            EmbeddedTokenizer.write(folder.path());
        }
        LlamaTokenizer tokenizer = LlamaTokenizer.open(folder.path());
        ModelDimensions dimensions = EmbeddedSizes.of(tokenizer.vocabularySize());
        Optional<Checkpoint> checkpoint = stage.isPresent() ? folder.latest(stage.get()) : folder.latest();
        if (stage.isPresent() && checkpoint.isEmpty()) {
            throw new ConfigurationException(
                    "The run " + folder.path() + " has no checkpoint of the stage \"" + stage.get() + "\".");
        }
        ModelParts initial = ModelParts.initial(dimensions, nouns.list().size());
        ModelParts parts =
                checkpoint.isPresent() ? initial.filledWith(checkpoint.get().parts()) : initial;
        return new RunModel(dimensions, tokenizer, aligned(parts, dimensions, tokenizer, nouns));
    }

    /** A projection that no stage has trained begins at what both of its neighbours have learned, once they have. */
    private static ModelParts aligned(
            ModelParts parts, ModelDimensions dimensions, LlamaTokenizer tokenizer, Nouns nouns) {
        Set<Part> trained = parts.trained();
        if (trained.contains(Part.PROJECTION)
                || !trained.contains(Part.PATCH_HEAD)
                || !trained.contains(Part.DECODER)) {
            return parts;
        }
        List<int[]> pieces = nouns.list().stream()
                .map(noun -> tokenizer.encodePlain(noun.name()))
                .toList();
        AlignedProjection aligned = new AlignedProjection(dimensions, parts.of(Part.PATCH_HEAD), parts.embeddings());
        return parts.beginningWith(Part.PROJECTION, aligned.create(pieces, parts.of(Part.PROJECTION)));
    }

    /**
     * This model as a stage has it, which may begin smaller. Further blocks and layers join later, as they begin, with little said, so
     * that the others go on from what they had learned; positions of larger images are interpolated.
     *
     * @throws ConfigurationException if the stage wants more than there is, or a size that cannot be
     */
    public RunModel asIn(Stage stage) {
        VisionDimensions vision = dimensions.vision();
        DecoderDimensions decoder = dimensions.decoder();
        int blocks = stage.encoderBlocks() == 0 ? vision.blocks() : stage.encoderBlocks();
        int layers = stage.decoderLayers() == 0 ? decoder.layers() : stage.decoderLayers();
        int imageSize = stage.imageSize() == 0 ? vision.imageSize() : stage.imageSize();
        if (blocks > vision.blocks() || layers > decoder.layers()) {
            throw new ConfigurationException("The stage \"" + stage.name() + "\" wants encoderBlocks=" + blocks
                    + " and decoderLayers=" + layers + ", the model has " + vision.blocks() + " and "
                    + decoder.layers() + "; take at most that many.");
        }
        if (stage.nounLayer() > layers) {
            throw new ConfigurationException("The stage \"" + stage.name() + "\" has nounLayer=" + stage.nounLayer()
                    + ", more than its " + layers + " decoder layers; take at most that many.");
        }
        try {
            return new RunModel(
                    new ModelDimensions(
                            vision.withBlocks(blocks).withImageSize(imageSize),
                            decoder.withLayers(layers),
                            dimensions.lora()),
                    tokenizer,
                    parts.with(blocks, layers));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The stage \"" + stage.name() + "\" has imageSize=" + imageSize + ", which cannot be: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Where the run's tokenizer lies. */
    public static Path tokenizerFile(RunFolder folder) {
        return folder.path().resolve(EmbeddedTokenizer.FILE_NAME);
    }

    /** Parts that no stage has trained yet; the head of the encoder's pre-training does not count. */
    public String untrained() {
        return Arrays.stream(Part.values())
                .filter(part -> part != Part.PATCH_HEAD && !parts.trained().contains(part))
                .map(Part::word)
                .collect(Collectors.joining(", "));
    }
}
