package io.sextant.training.stage;

/**
 * Which scenes a stage draws.
 *
 * @param nouns only the first of the world's nouns; at least 1
 * @param minObjects fewest objects of a scene, at least 1
 * @param maxObjects most objects of a scene, at most 10, the largest number that is told in words
 * @param pool how many different scenes there are: they come again when all were shown, every second time mirrored, with new
 *     questions; 0 for a new scene every time. Drawing costs more than keeping what was drawn, about 0.15 MB a scene
 * @param trueSizeShare how often an image is drawn at its true size and then squashed, as at inference, 0..1; that is slower than
 *     drawing it squashed, and almost the same
 * @param boxNoise of weak labels: deviation of an edge as a share of the object's size; at least 0
 * @param missingChance of weak labels: how often an object is left out, 0..1
 * @param wrongChance of weak labels: how often an object is called something else, 0..1
 */
public record SceneShare(
        int nouns,
        int minObjects,
        int maxObjects,
        int pool,
        double trueSizeShare,
        double boxNoise,
        double missingChance,
        double wrongChance) {
    private static final int MOST_OBJECTS = 10;

    public SceneShare {
        if (nouns < 1 || minObjects < 1 || maxObjects < minObjects) {
            throw new IllegalArgumentException("scenes: nouns and minObjects must be at least 1 and maxObjects not less"
                    + " than minObjects, were " + nouns + ", " + minObjects + ", " + maxObjects);
        }
        if (maxObjects > MOST_OBJECTS) {
            throw new IllegalArgumentException(
                    "scenes: maxObjects must be at most " + MOST_OBJECTS + ", was " + maxObjects);
        }
        requireShare("trueSizeShare", trueSizeShare);
        requireShare("missingChance", missingChance);
        requireShare("wrongChance", wrongChance);
        if (!(boxNoise >= 0)) {
            throw new IllegalArgumentException("scenes: boxNoise must be at least 0, was " + boxNoise);
        }
        if (pool < 0) {
            throw new IllegalArgumentException("scenes: pool must be at least 0, was " + pool);
        }
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("scenes: " + name + " must be in 0..1, was " + share);
        }
    }
}
