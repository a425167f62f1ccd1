package io.sextant.training.stage;

import io.sextant.training.optimiser.AdamWSettings;
import io.sextant.training.optimiser.LinearWarmUpCosine;
import io.sextant.training.world.scene.Split;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One stage of training.
 *
 * @param name of the stage and of its files in a run
 * @param digest SHA-256 of the file it was read from
 * @param objective what is learned
 * @param trains which parts change; all others stay as they are
 * @param encoderBlocks how many of the encoder's blocks there are in this stage, the first ones; 0 for all
 * @param decoderLayers how many of the decoder's layers there are in this stage, the first ones; 0 for all
 * @param imageSize side of the encoder's square in this stage, in pixels, a multiple of its patches; 0 for the model's own
 * @param seed of everything random in it, 0..2097151
 * @param steps how many times the parameters change, at least 1
 * @param batch images (or rows without images) of one backward pass, at least 1
 * @param accumulate backward passes of one step, at least 1
 * @param requestsPerImage that share an image in a row, at least 1
 * @param longestRow in tokens; requests that do not fit are left out, so that rows are of almost one length; at least 1
 * @param taskIdentifiers whether prompts have their task identifiers
 * @param balancedAnswers whether an answer counts by the root of its tokens instead of by their number
 * @param nounLabels how much it counts that visual tokens say what they show and nouns in prompts what they are: a token against one of an answer, or, said by an inner layer, all against all answers; 0 for not at all
 * @param nounLayer after so many of the decoder's layers they say so; 0 for after all
 * @param rate learning rate
 * @param optimiser AdamW's settings
 * @param scenes that are drawn
 * @param mix data sets with their ratios; empty for the objective {@code patches}
 * @param measureEverySteps held-out scores are measured this often
 * @param measureScenes on so many scenes
 */
public record Stage(
        String name,
        String digest,
        ObjectiveKind objective,
        Set<Part> trains,
        int encoderBlocks,
        int decoderLayers,
        int imageSize,
        long seed,
        long steps,
        int batch,
        int accumulate,
        int requestsPerImage,
        int longestRow,
        boolean taskIdentifiers,
        boolean balancedAnswers,
        double nounLabels,
        int nounLayer,
        LinearWarmUpCosine rate,
        AdamWSettings optimiser,
        SceneShare scenes,
        List<DataShare> mix,
        int measureEverySteps,
        int measureScenes) {
    public Stage {
        Objects.requireNonNull(digest, "digest");
        trains = Set.copyOf(trains);
        mix = List.copyOf(mix);
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException(
                    "A stage's name is 1 to 64 lower-case letters, digits and '-', was \"" + name + "\"");
        }
        if (encoderBlocks < 0 || decoderLayers < 0 || imageSize < 0) {
            throw new IllegalArgumentException(
                    name + ": encoderBlocks, decoderLayers and imageSize must be at least 1, or left out");
        }
        if (seed < 0 || seed > Split.LARGEST_SEED) {
            throw new IllegalArgumentException(name + ": seed must be in 0.." + Split.LARGEST_SEED + ", was " + seed);
        }
        if (!(nounLabels >= 0 && nounLabels <= 1)) {
            throw new IllegalArgumentException(name + ": nounLabels must be 0 to 1, was " + nounLabels);
        }
        if (nounLayer < 0) {
            throw new IllegalArgumentException(name + ": nounLayer must be at least 1, or left out");
        }
        if (trains.isEmpty()) {
            throw new IllegalArgumentException(name + ": trains nothing; name at least one part");
        }
        List<Part> unreached = trains.stream()
                .filter(part -> !objective.reached().contains(part))
                .toList();
        if (!unreached.isEmpty()) {
            throw new IllegalArgumentException(name + ": the objective " + objective.word() + " cannot train "
                    + Part.words(unreached) + "; it reaches " + Part.words(objective.reached()));
        }
        if (objective != ObjectiveKind.PATCHES && mix.isEmpty()) {
            throw new IllegalArgumentException(name + ": mix is empty; name at least one data set");
        }
        if (steps < 1
                || batch < 1
                || accumulate < 1
                || requestsPerImage < 1
                || longestRow < 1
                || measureEverySteps < 1
                || measureScenes < 1) {
            throw new IllegalArgumentException(name
                    + ": steps, batch, accumulate, requestsPerImage, longestRow and measure must all be at least 1");
        }
    }

    /** Images (or rows) of one step. */
    public long samplesPerStep() {
        return (long) batch * accumulate;
    }
}
