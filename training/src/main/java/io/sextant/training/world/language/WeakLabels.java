package io.sextant.training.world.language;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Spoils what is known of a scene, as labels from the web are: boxes are off, objects are missing or called something else. Draw the
 * true scene and ask about the spoiled one.
 *
 * @param nouns to confuse objects with
 * @param boxNoise standard deviation of each edge, as a share of the object's size
 * @param missingChance how often an object is left out, 0..1; one always stays
 * @param wrongChance how often an object is called by another noun, 0..1
 */
public record WeakLabels(Nouns nouns, double boxNoise, double missingChance, double wrongChance) {
    /** What the scene's labels would be. */
    public Scene spoil(Scene scene, RandomGenerator random) {
        List<PlacedObject> spoiled = new ArrayList<>();
        int keep = random.nextInt(scene.objects().size());
        for (int i = 0; i < scene.objects().size(); i++) {
            if (i == keep || random.nextDouble() >= missingChance) {
                spoiled.add(spoil(scene, scene.objects().get(i), random));
            }
        }
        return new Scene(scene.seed(), scene.width(), scene.height(), scene.background(), spoiled);
    }

    private PlacedObject spoil(Scene scene, PlacedObject object, RandomGenerator random) {
        PixelBox box = object.box();
        double width = box.xMax() - box.xMin();
        double height = box.yMax() - box.yMin();
        double xMin = noisy(box.xMin(), width, scene.width(), random);
        double yMin = noisy(box.yMin(), height, scene.height(), random);
        PixelBox noisy = new PixelBox(
                xMin,
                yMin,
                Math.max(xMin, noisy(box.xMax(), width, scene.width(), random)),
                Math.max(yMin, noisy(box.yMax(), height, scene.height(), random)));
        boolean isWrong = random.nextDouble() < wrongChance;
        return new PlacedObject(
                isWrong ? Wording.oneOf(nouns.list(), random) : object.noun(),
                noisy,
                object.mirrored(),
                object.visibleShare());
    }

    private double noisy(double edge, double size, double side, RandomGenerator random) {
        return Math.max(0, Math.min(side, edge + boxNoise * size * random.nextGaussian()));
    }
}
