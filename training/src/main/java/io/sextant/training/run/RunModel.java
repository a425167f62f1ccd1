package io.sextant.training.run;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.training.device.AlignedProjection;
import io.sextant.training.stage.Part;
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
     * This model with a smaller encoder, for a stage that begins with one. Further blocks join later, as they begin, with little said,
     * so that the encoder goes on from what it had learned; positions are interpolated.
     *
     * @param blocks how many of its blocks, the first ones; 0 for all
     * @param imageSize side of its square in pixels; 0 for its own
     * @throws ConfigurationException if it has fewer blocks, or the size cannot be
     */
    public RunModel withEncoder(int blocks, int imageSize) {
        VisionDimensions vision = dimensions.vision();
        if (blocks > vision.blocks()) {
            throw new ConfigurationException("The stage wants encoderBlocks=" + blocks + ", the model's encoder has "
                    + vision.blocks() + "; take at most that many.");
        }
        int kept = blocks == 0 ? vision.blocks() : blocks;
        try {
            VisionDimensions smaller =
                    vision.withBlocks(kept).withImageSize(imageSize == 0 ? vision.imageSize() : imageSize);
            return new RunModel(
                    new ModelDimensions(smaller, dimensions.decoder(), dimensions.lora()),
                    tokenizer,
                    parts.withEncoderBlocks(kept));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("The stage's imageSize=" + imageSize + " cannot be: " + e.getMessage(), e);
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
