package io.sextant.training.run;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.training.stage.Part;
import io.sextant.training.vocabulary.EmbeddedTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
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
     * @param nouns kinds of objects that the encoder's pre-training tells apart
     * @param stage whose newest checkpoint to take; empty for the run's newest
     * @throws ConfigurationException if the run has no checkpoint of that stage
     */
    public static RunModel load(RunFolder folder, int nouns, Optional<String> stage) {
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
        ModelParts initial = ModelParts.initial(dimensions, nouns);
        ModelParts parts =
                checkpoint.isPresent() ? initial.with(checkpoint.get().parts()) : initial;
        return new RunModel(dimensions, tokenizer, parts);
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
