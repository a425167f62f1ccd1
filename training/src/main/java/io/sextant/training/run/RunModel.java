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
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The model of a run: its sizes, its tokenizer, and its parts as they are now.
 *
 * @param dimensions all sizes; in a stage that has fewer blocks or layers, those of that stage
 * @param tokenizer a copy of which lies in the run's folder, so that ids stay what the weights mean
 * @param parts of the newest checkpoint, or of a named stage's; with all blocks and layers, whatever the dimensions
 */
public record RunModel(ModelDimensions dimensions, LlamaTokenizer tokenizer, ModelParts parts) {

    /**
     * Loads it, with all its blocks and layers.
     *
     * @param nouns that the encoder's pre-training tells apart
     * @throws ConfigurationException if the newest checkpoint cannot be read
     */
    public static RunModel load(RunFolder folder, Nouns nouns) {
        return load(folder, nouns, folder.latest(), EmbeddedSizes::of);
    }

    /**
     * Loads it as it was in a stage: with the blocks, the layers and the size of images which that stage had.
     *
     * @param nouns that the encoder's pre-training tells apart
     * @param stage whose newest checkpoint to take; empty for the run's newest
     * @throws ConfigurationException if the run has no checkpoint of that stage
     */
    public static RunModel loadAsTrained(RunFolder folder, Nouns nouns, Optional<String> stage) {
        return loadAsTrained(folder, nouns, stage, EmbeddedSizes::of);
    }

    static RunModel loadAsTrained(
            RunFolder folder, Nouns nouns, Optional<String> stage, IntFunction<ModelDimensions> sizes) {
        Optional<Checkpoint> checkpoint = stage.isPresent() ? folder.latest(stage.get()) : folder.latest();
        if (stage.isPresent() && checkpoint.isEmpty()) {
            throw new ConfigurationException(
                    "The run " + folder.path() + " has no checkpoint of the stage \"" + stage.get() + "\".");
        }
        RunModel whole = load(folder, nouns, checkpoint, sizes);
        return checkpoint.map(written -> whole.sized(written.state().sizes())).orElse(whole);
    }

    /** @param sizes of the model, by its vocabulary */
    static RunModel load(
            RunFolder folder, Nouns nouns, Optional<Checkpoint> checkpoint, IntFunction<ModelDimensions> sizes) {
        if (!Files.exists(tokenizerFile(folder))) {
            EmbeddedTokenizer.write(folder.path());
        }
        LlamaTokenizer tokenizer = LlamaTokenizer.open(folder.path());
        ModelDimensions dimensions = sizes.apply(tokenizer.vocabularySize());
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
     * This model as a stage has it, which may be smaller. Its parts stay whole: further blocks and layers join later, as they are now, with
     * little said by those that no stage has trained, so that the others go on from what they had learned; positions of other
     * sizes of images are interpolated.
     *
     * @throws ConfigurationException if the stage wants more than there is, or a size that cannot be
     */
    public RunModel asIn(Stage stage) {
        int blocks = dimensions.vision().blocks();
        int layers = stage.decoderLayers() == 0 ? dimensions.decoder().layers() : stage.decoderLayers();
        if (stage.encoderBlocks() > blocks || layers > dimensions.decoder().layers()) {
            throw new ConfigurationException("The stage \"" + stage.name() + "\" wants encoderBlocks="
                    + stage.encoderBlocks() + " and decoderLayers=" + stage.decoderLayers() + ", the model has "
                    + blocks
                    + " and " + dimensions.decoder().layers() + "; take at most that many.");
        }
        if (stage.nounLayer() > layers) {
            throw new ConfigurationException("The stage \"" + stage.name() + "\" has nounLayer=" + stage.nounLayer()
                    + ", more than its " + layers + " decoder layers; take at most that many.");
        }
        try {
            return sized(StageSizes.of(stage));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "The stage \"" + stage.name() + "\" has imageSize=" + stage.imageSize() + ", which cannot be: "
                            + e.getMessage(),
                    e);
        }
    }

    private RunModel sized(StageSizes sizes) {
        VisionDimensions vision = dimensions.vision();
        DecoderDimensions decoder = dimensions.decoder();
        return new RunModel(
                new ModelDimensions(
                        vision.withBlocks(sizes.encoderBlocks() == 0 ? vision.blocks() : sizes.encoderBlocks())
                                .withImageSize(sizes.imageSize() == 0 ? vision.imageSize() : sizes.imageSize()),
                        decoder.withLayers(sizes.decoderLayers() == 0 ? decoder.layers() : sizes.decoderLayers()),
                        dimensions.lora()),
                tokenizer,
                parts);
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
