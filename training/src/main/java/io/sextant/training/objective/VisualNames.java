package io.sextant.training.objective;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.training.sequence.TokenRow;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.paint.PatchTargets;
import io.sextant.training.world.scene.Scene;
import java.util.Arrays;

/** What each visual token of a picture shows, as the first piece of that noun's name. Immutable and thread-safe. */
final class VisualNames {
    private final int[] firstPieces;
    private final VisionDimensions vision;

    VisualNames(Nouns nouns, LlamaTokenizer tokenizer, VisionDimensions vision) {
        this.firstPieces = nouns.list().stream()
                .mapToInt(noun -> tokenizer.encodePlain(noun.name())[0])
                .toArray();
        this.vision = vision;
    }

    /** One id for each visual token: of the noun that most of its patches show, {@link TokenRow#NO_LABEL} where none shows any. */
    int[] of(Scene scene, Painting picture) {
        int[] nouns = PatchTargets.of(scene, picture, vision.patchSize()).nouns();
        int[] names = new int[vision.visualTokens()];
        for (int token = 0; token < names.length; token++) {
            int first = token * vision.patchesPerVisualToken();
            int noun = mostFrequent(Arrays.copyOfRange(nouns, first, first + vision.patchesPerVisualToken()));
            names[token] = noun == PatchTargets.NO_NOUN ? TokenRow.NO_LABEL : firstPieces[noun];
        }
        return names;
    }

    private static int mostFrequent(int[] nouns) {
        int best = PatchTargets.NO_NOUN;
        long most = 0;
        for (int noun : nouns) {
            long count = Arrays.stream(nouns).filter(other -> other == noun).count();
            if (noun != PatchTargets.NO_NOUN && count > most) {
                best = noun;
                most = count;
            }
        }
        return best;
    }
}
