package io.sextant.core.model;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.token.SmallTokenizer;
import java.util.Objects;

/**
 * How large a random model is, and what is in its files beside it.
 *
 * @param dimensions of the model; the vocabulary holds at least {@link #smallestVocabulary()} entries
 * @param blocksInFile of the image encoder, which may be more than are used
 * @param gridInFile side of the stored position embedding, which is interpolated if it is not the model's; at least 1
 * @param shardBytes the decoder is cut into shards of at most this size (but at least one tensor); at least 1
 * @param optimizerState whether the checkpoint also holds the trainer's state, as released ones do
 */
public record RandomModelSize(
        ModelDimensions dimensions, int blocksInFile, int gridInFile, long shardBytes, boolean optimizerState) {
    private static final long ONE_FILE = Long.MAX_VALUE;

    public RandomModelSize {
        Objects.requireNonNull(dimensions, "dimensions");
        if (blocksInFile < dimensions.vision().blocks()) {
            throw new IllegalArgumentException("blocksInFile must be at least "
                    + dimensions.vision().blocks() + ", the blocks in use, was " + blocksInFile);
        }
        if (gridInFile < 1) {
            throw new IllegalArgumentException("gridInFile must be at least 1, was " + gridInFile);
        }
        if (shardBytes < 1) {
            throw new IllegalArgumentException("shardBytes must be at least 1, was " + shardBytes);
        }
        if (dimensions.decoder().vocabulary() < smallestVocabulary()) {
            throw new IllegalArgumentException("the vocabulary must hold at least " + smallestVocabulary()
                    + " entries, those of the small tokenizer, was "
                    + dimensions.decoder().vocabulary());
        }
    }

    /** Milliseconds for everything: 56 pixels, 4 visual tokens, two blocks and two layers. */
    public static RandomModelSize tiny() {
        return of(new ModelDimensions(
                new VisionDimensions(56, 14, 16, 2, 2, 48, 1e-6, 1e-5, 4),
                new DecoderDimensions(32, 2, 4, 4, 64, smallestVocabulary(), 512, 1e-5, 10000),
                new LoraDimensions(4, 1)));
    }

    /** Some ten megabytes: 224 pixels, 64 visual tokens, grouped queries. */
    public static RandomModelSize small() {
        return of(new ModelDimensions(
                new VisionDimensions(224, 14, 128, 4, 4, 512, 1e-6, 1e-5, 4),
                new DecoderDimensions(256, 6, 8, 2, 704, smallestVocabulary(), 1024, 1e-5, 10000),
                new LoraDimensions(8, 2)));
    }

    /** Half the widths and a quarter of the depth of the released model, some 600 million parameters: 448 pixels, 256 visual tokens. */
    public static RandomModelSize medium() {
        return of(new ModelDimensions(
                new VisionDimensions(448, 14, 704, 8, 10, 3072, 1e-6, 1e-5, 4),
                new DecoderDimensions(2048, 8, 16, 16, 5504, 32000, 4096, 1e-5, 10000),
                new LoraDimensions(64, 16)));
    }

    /** The released sizes and files: 40 blocks of which 39 are used, two decoder shards, a checkpoint with optimizer state. */
    public static RandomModelSize published() {
        return new RandomModelSize(ModelDimensions.published(), 40, 16, 9_980_000_000L, true);
    }

    /** Any sizes; one surplus block, a position embedding of half the grid, one decoder file, no optimizer state. */
    public static RandomModelSize of(ModelDimensions dimensions) {
        return new RandomModelSize(
                dimensions,
                dimensions.vision().blocks() + 1,
                Math.max(1, dimensions.vision().grid() / 2),
                ONE_FILE,
                false);
    }

    /** The same model cut into shards of at most this size. */
    public RandomModelSize withShardBytes(long bytes) {
        return new RandomModelSize(dimensions, blocksInFile, gridInFile, bytes, optimizerState);
    }

    /** Entries of the tokenizer that is written along; with a larger vocabulary the rest is never chosen. */
    public static int smallestVocabulary() {
        return SmallTokenizer.vocabularySize();
    }
}
