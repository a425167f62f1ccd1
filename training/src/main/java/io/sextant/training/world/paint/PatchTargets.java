package io.sextant.training.world.paint;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.Arrays;

/**
 * What an image encoder's patches are to tell of a scene, row by row. P = patches.
 *
 * @param nouns (P): index of the noun whose object takes most of the patch's pixels, or {@link #NO_NOUN} if none takes enough
 * @param edges (P, 4): that object's left, upper, right and lower edge as shares of the image's width and height, 0..1; zeros
 *     without an object
 * @param weights (P): how much a patch counts: 1 without an object, else less the more of its object's patches there are, so that
 *     small objects are learned as well as big ones
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight into a tensor
public record PatchTargets(int[] nouns, float[] edges, float[] weights) {
    /** Stands for a patch without an object. */
    public static final int NO_NOUN = -1;

    /** An object counts from 6 x 6 of a patch's 14 x 14 pixels on. */
    private static final double LEAST_SHARE = 36.0 / 196;

    /** Of so many patches, each of an object's counts 1; an object counts by the root of their number. */
    private static final double USUAL_PATCHES = 24;

    /**
     * @param painting of the scene, its sides multiples of the patch size
     * @param patchSize side of a patch in pixels
     * @throws IllegalArgumentException if the sides are no multiples
     */
    public static PatchTargets of(Scene scene, Painting painting, int patchSize) {
        if (painting.width() % patchSize != 0 || painting.height() % patchSize != 0) {
            throw new IllegalArgumentException("Patches of " + patchSize + " pixels do not fill " + painting.width()
                    + "x" + painting.height() + " pixels");
        }
        int columns = painting.width() / patchSize;
        int patches = columns * (painting.height() / patchSize);
        int[] nouns = new int[patches];
        float[] edges = new float[4 * patches];
        int[] fronts = new int[patches];
        int[] counts = new int[scene.objects().size()];
        Arrays.fill(nouns, NO_NOUN);
        for (int patch = 0; patch < patches; patch++) {
            int index = front(painting, patch % columns * patchSize, patch / columns * patchSize, patchSize, scene);
            fronts[patch] = index;
            if (index >= 0) {
                counts[index]++;
                PlacedObject object = scene.objects().get(index);
                nouns[patch] = object.noun().index();
                writeEdges(object.box(), scene, edges, 4 * patch);
            }
        }
        return new PatchTargets(nouns, edges, weights(fronts, counts));
    }

    private static float[] weights(int[] fronts, int[] counts) {
        float[] weights = new float[fronts.length];
        for (int patch = 0; patch < weights.length; patch++) {
            weights[patch] = fronts[patch] < 0 ? 1 : (float) Math.sqrt(USUAL_PATCHES / counts[fronts[patch]]);
        }
        return weights;
    }

    private static int front(Painting painting, int left, int top, int patchSize, Scene scene) {
        int[] pixels = new int[scene.objects().size()];
        for (int y = top; y < top + patchSize; y++) {
            for (int x = left; x < left + patchSize; x++) {
                int index = painting.objects()[y * painting.width() + x];
                if (index != Painting.NO_OBJECT) {
                    pixels[index]++;
                }
            }
        }
        int most = 0;
        for (int i = 1; i < pixels.length; i++) {
            most = pixels[i] > pixels[most] ? i : most;
        }
        return pixels[most] >= LEAST_SHARE * patchSize * patchSize ? most : -1;
    }

    private static void writeEdges(PixelBox box, Scene scene, float[] edges, int at) {
        edges[at] = (float) (box.xMin() / scene.width());
        edges[at + 1] = (float) (box.yMin() / scene.height());
        edges[at + 2] = (float) (box.xMax() / scene.width());
        edges[at + 3] = (float) (box.yMax() / scene.height());
    }
}
