package io.sextant.training.world.language;

import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Nouns and sentences to phrases with boxes. */
final class DetectionQuestions {
    private static final List<String> PLACES = List.of(
            "",
            "",
            " on a table",
            " on the grass",
            " in a room",
            " on the floor",
            " in the picture",
            " in front of a wall");
    private static final double ABSENT_CHANCE = 0.2;

    private final Nouns nouns;

    DetectionQuestions(Nouns nouns) {
        this.nouns = nouns;
    }

    Question ask(Scene scene, RandomGenerator random) {
        double form = random.nextDouble();
        List<Noun> wanted = wanted(scene, form < 0.5 ? 1 : random.nextInt(1, 4), random);
        String prompt;
        if (form < 0.5) {
            prompt = oneNoun(wanted.get(0), random);
        } else if (form < 0.75) {
            prompt = manyNouns(wanted, random);
        } else {
            prompt = sentence(scene, wanted, random);
        }
        return of(scene, wanted, prompt);
    }

    /** The question for nouns in their order. */
    static Question of(Scene scene, List<Noun> wanted, String prompt) {
        List<String> parts = new ArrayList<>();
        List<GroundedPhrase> phrases = new ArrayList<>();
        for (Noun noun : wanted) {
            List<PlacedObject> objects = scene.objectsOf(noun);
            parts.add(BoxText.phrase(scene, noun.name(), objects));
            phrases.add(new GroundedPhrase(noun.name(), BoxText.pixels(objects)));
        }
        return Question.of(Task.DETECTION, prompt, String.join(" ", parts), new Truth.Phrases(phrases));
    }

    private List<Noun> wanted(Scene scene, int count, RandomGenerator random) {
        List<Noun> there = scene.nouns();
        Set<Noun> wanted = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            boolean isAnything = random.nextDouble() < ABSENT_CHANCE;
            wanted.add(Wording.oneOf(isAnything ? nouns.list() : there, random));
        }
        return List.copyOf(wanted);
    }

    private static String oneNoun(Noun noun, RandomGenerator random) {
        String words = switch (random.nextInt(8)) {
            case 0 -> "where is the " + noun.name() + "?";
            case 1 -> "where are the " + noun.plural() + "?";
            case 2 -> noun.plural();
            case 3 -> noun.one();
            case 4 -> "the " + noun.name();
            default -> noun.name();
        };
        return words.endsWith("?") ? Wording.question(words, random) : Wording.maybeCapital(words, random);
    }

    private static String manyNouns(List<Noun> wanted, RandomGenerator random) {
        boolean isPlural = random.nextInt(4) == 0;
        List<String> words = wanted.stream()
                .map(noun -> isPlural ? noun.plural() : noun.name())
                .toList();
        return Wording.maybeCapital(random.nextInt(4) == 0 ? Wording.list(words) : String.join(", ", words), random);
    }

    private static String sentence(Scene scene, List<Noun> wanted, RandomGenerator random) {
        List<String> things = wanted.stream()
                .map(noun ->
                        Wording.counted(noun, Math.max(1, scene.objectsOf(noun).size())))
                .toList();
        String list = Wording.list(things);
        boolean startsWithSeveral = scene.objectsOf(wanted.get(0)).size() > 1;
        String thereIs = startsWithSeveral ? "there are " : "there is ";
        String start = random.nextInt(3) == 0 ? thereIs : "";
        String place = random.nextInt(4) == 0 ? Captions.background(scene) : Wording.oneOf(PLACES, random);
        return Wording.maybeCapital(start + list + place, random);
    }
}
