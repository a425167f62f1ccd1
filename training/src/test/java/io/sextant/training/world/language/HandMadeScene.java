package io.sextant.training.world.language;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.scene.Background;
import io.sextant.training.world.scene.BackgroundKind;
import io.sextant.training.world.scene.DominantColour;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;

/** Scenes of 400 x 200 pixels on blue, made object by object. */
final class HandMadeScene {
    static final Nouns NOUNS = Nouns.load();

    private final List<PlacedObject> objects = new ArrayList<>();

    HandMadeScene with(String noun, int left, int top, int right, int bottom) {
        objects.add(new PlacedObject(NOUNS.named(noun), new PixelBox(left, top, right, bottom), false, 1));
        return this;
    }

    Scene scene() {
        return new Scene(1, 400, 200, new Background(BackgroundKind.PLAIN, DominantColour.BLUE), objects);
    }

    /** A dog in the lower left, a big apple in the middle, a small one above right of it. */
    static Scene dogAndTwoApples() {
        return new HandMadeScene()
                .with("apple", 160, 80, 240, 160)
                .with("dog", 20, 120, 80, 180)
                .with("apple", 280, 10, 320, 50)
                .scene();
    }
}
