package io.sextant.training.world.scene;

import io.sextant.training.world.noun.Noun;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A scene: everything that is true of an image, before a pixel of it is drawn.
 *
 * @param seed of everything about its look that is not said here
 * @param width of the image in pixels
 * @param height of the image in pixels
 * @param background behind the objects
 * @param objects from back to front
 */
public record Scene(long seed, int width, int height, Background background, List<PlacedObject> objects) {
    public Scene {
        Objects.requireNonNull(background, "background");
        objects = List.copyOf(objects);
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A scene has at least 1x1 pixels, was " + width + "x" + height);
        }
    }

    /** What is true of the image seen in a mirror. */
    public Scene mirrored() {
        return new Scene(
                seed,
                width,
                height,
                background,
                objects.stream().map(object -> object.mirroredIn(width)).toList());
    }

    /** The objects from left to right, by their left edges. */
    public List<PlacedObject> leftToRight() {
        return objects.stream()
                .sorted(Comparator.comparingDouble(object -> object.box().xMin()))
                .toList();
    }

    /** The nouns from left to right by the leftmost object of each, every noun once. */
    public List<Noun> nouns() {
        return leftToRight().stream().map(PlacedObject::noun).distinct().toList();
    }

    /** The objects of a noun, from left to right. */
    public List<PlacedObject> objectsOf(Noun noun) {
        return leftToRight().stream()
                .filter(object -> object.noun().equals(noun))
                .toList();
    }
}
