package io.sextant.training.world.language;

import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Captions and grounded captions. */
final class Captions {
    static final String DESCRIBE = "describe this image";
    static final String DESCRIBE_BRIEFLY = "briefly describe this image";
    static final String DESCRIBE_IN_DETAIL = "describe this image in detail";

    private Captions() {}

    static Question caption(Scene scene, RandomGenerator random) {
        boolean isBrief = random.nextBoolean();
        String prompt = isBrief ? DESCRIBE_BRIEFLY : DESCRIBE;
        return caption(scene, isBrief).asking(Wording.maybeCapital(prompt, random));
    }

    static Question grounding(Scene scene, RandomGenerator random) {
        String prompt =
                Wording.oneOf(List.of(DESCRIBE_IN_DETAIL, DESCRIBE_IN_DETAIL, DESCRIBE, DESCRIBE_BRIEFLY), random);
        return grounding(scene).asking(Wording.maybeCapital(prompt, random));
    }

    static Question caption(Scene scene, boolean isBrief) {
        String objects = Wording.list(scene.nouns().stream()
                .map(noun -> Wording.counted(noun, scene.objectsOf(noun).size()))
                .toList());
        String answer = objects + (isBrief ? "" : background(scene));
        List<String> nouns = scene.nouns().stream().map(Noun::name).toList();
        return Question.of(Task.CAPTION, isBrief ? DESCRIBE_BRIEFLY : DESCRIBE, answer, new Truth.Objects(nouns));
    }

    static Question grounding(Scene scene) {
        List<String> parts = new ArrayList<>();
        List<GroundedPhrase> phrases = new ArrayList<>();
        for (Noun noun : scene.nouns()) {
            List<PlacedObject> objects = scene.objectsOf(noun);
            String text = Wording.counted(noun, objects.size());
            parts.add(BoxText.phrase(scene, text, objects));
            phrases.add(new GroundedPhrase(text, BoxText.pixels(objects)));
        }
        return Question.of(Task.GROUNDING, DESCRIBE, Wording.list(parts), new Truth.Phrases(phrases));
    }

    /** Such as {@code  on a blue background}; nothing where the background has no colour. */
    static String background(Scene scene) {
        return scene.background()
                .colour()
                .map(colour -> " on a " + colour.word() + " background")
                .orElse("");
    }
}
