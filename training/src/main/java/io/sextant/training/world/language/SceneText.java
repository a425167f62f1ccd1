package io.sextant.training.world.language;

import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A scene told in words instead of pixels, so that a language model can practise the tasks before it has an image encoder. */
public final class SceneText {
    private SceneText() {}

    /**
     * Every object with its box, in random order, and the background: {@code dog {<..>} apple {<..>} on a blue background}.
     */
    public static String describe(Scene scene, RandomGenerator random) {
        List<PlacedObject> objects = new ArrayList<>(scene.objects());
        Collections.shuffle(objects, new Random(random.nextLong()));
        return objects.stream()
                        .map(object -> object.noun().name() + " " + BoxText.of(scene, object))
                        .collect(Collectors.joining(" "))
                + Captions.background(scene);
    }
}
