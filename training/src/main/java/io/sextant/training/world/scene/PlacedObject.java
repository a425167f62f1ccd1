package io.sextant.training.world.scene;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.noun.Noun;
import java.util.Objects;

/**
 * An object of a scene.
 *
 * @param noun what it is
 * @param box where it is, in whole pixels of the scene; hidden parts included
 * @param mirrored whether its render is mirrored left to right
 * @param visibleShare how much of it no other object hides, 0..1
 */
public record PlacedObject(Noun noun, PixelBox box, boolean mirrored, double visibleShare) {
    public PlacedObject {
        Objects.requireNonNull(noun, "noun");
        Objects.requireNonNull(box, "box");
        if (!(visibleShare >= 0 && visibleShare <= 1)) {
            throw new IllegalArgumentException("visibleShare must be in 0..1, was " + visibleShare);
        }
    }

    /** Where it is, and what it looks like, in a mirror. */
    PlacedObject mirroredIn(int sceneWidth) {
        return new PlacedObject(
                noun,
                new PixelBox(sceneWidth - box.xMax(), box.yMin(), sceneWidth - box.xMin(), box.yMax()),
                !mirrored,
                visibleShare);
    }

    /** The middle between left and right edge, in pixels. */
    public double centreX() {
        return (box.xMin() + box.xMax()) / 2;
    }

    /** The middle between upper and lower edge, in pixels. */
    public double centreY() {
        return (box.yMin() + box.yMax()) / 2;
    }

    /** The longer side of its box, in pixels. */
    public double longerSide() {
        return Math.max(box.xMax() - box.xMin(), box.yMax() - box.yMin());
    }
}
