package io.sextant.training.world.scene;

import io.sextant.training.world.noun.Nouns;
import java.util.Objects;

/**
 * What scenes are drawn at random from.
 *
 * @param nouns to choose from
 * @param minObjects fewest objects, at least 1
 * @param maxObjects most objects
 * @param repeatChance how often a further object is of a noun that is there already, 0..1
 */
public record SceneSettings(Nouns nouns, int minObjects, int maxObjects, double repeatChance) {
    /** Shortest side of an image in pixels. */
    static final int SHORTEST_SIDE = 224;

    /** Longest side of an image in pixels. */
    static final int LONGEST_SIDE = 1024;

    /** Largest width over height, and height over width. */
    static final double LARGEST_ASPECT_RATIO = 2;

    /** Shortest longer side of an object, as a share of the image's shorter side. */
    static final double SMALLEST_OBJECT = 0.13;

    /** Longest longer side of an object, as a share of the image's shorter side. */
    static final double LARGEST_OBJECT = 0.55;

    /** How much of an object others may hide. */
    static final double LARGEST_HIDDEN_SHARE = 0.2;

    public SceneSettings {
        Objects.requireNonNull(nouns, "nouns");
        if (minObjects < 1 || maxObjects < minObjects) {
            throw new IllegalArgumentException(
                    "A scene needs 1 <= minObjects <= maxObjects, was " + minObjects + ".." + maxObjects);
        }
        if (!(repeatChance >= 0 && repeatChance <= 1)) {
            throw new IllegalArgumentException("repeatChance must be in 0..1, was " + repeatChance);
        }
    }

    /** 1 to 6 objects, a third of the further ones repeated. */
    public static SceneSettings of(Nouns nouns) {
        return new SceneSettings(nouns, 1, 6, 0.33);
    }
}
