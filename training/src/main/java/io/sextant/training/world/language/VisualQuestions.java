package io.sextant.training.world.language;

import io.sextant.training.world.language.Relations.Side;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Questions about an image that are answered in words. Each is asked only where its answer is clear. */
final class VisualQuestions {
    private static final int TRIES = 12;
    private static final double OUTER = 0.25;
    private static final double CLEAR_MARGIN = 0.02;

    private final Nouns nouns;

    VisualQuestions(Nouns nouns) {
        this.nouns = nouns;
    }

    /** The question with its answer in a few words. */
    Question ask(Scene scene, RandomGenerator random) {
        Asked asked = any(scene, random);
        return Question.of(
                Task.VQA,
                Wording.question(asked.question(), random),
                asked.answer(),
                new Truth.Answers(List.of(asked.answer())));
    }

    /** The question without an identifier, answered in a sentence. */
    Question chat(Scene scene, RandomGenerator random) {
        Asked asked = any(scene, random);
        return Question.of(
                Task.CHAT,
                Wording.question(asked.question(), random),
                asked.sentence(),
                new Truth.Answers(List.of(asked.sentence(), asked.answer())));
    }

    private Asked any(Scene scene, RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Asked> asked = switch (random.nextInt(15)) {
                case 0, 1, 2 -> Optional.of(count(scene, random));
                case 3 -> Optional.of(countAll(scene));
                case 4, 5 -> Optional.of(isThere(scene, random));
                case 6 -> backgroundColour(scene);
                case 7 -> colour(scene, random);
                case 8 -> whatIsAt(scene, random);
                case 9, 10 -> leftOrRight(scene, random);
                case 11, 12 -> aboveOrBelow(scene, random);
                case 13 -> biggest(scene);
                default -> where(scene, random);
            };
            if (asked.isPresent()) {
                return asked.get();
            }
        }
        return isThere(scene, random);
    }

    private Asked count(Scene scene, RandomGenerator random) {
        boolean isAnything = random.nextInt(6) == 0;
        Noun noun = Wording.oneOf(isAnything ? nouns.list() : scene.nouns(), random);
        int count = scene.objectsOf(noun).size();
        String sentence = switch (count) {
            case 0 -> "there are no " + noun.plural();
            case 1 -> "there is 1 " + noun.name();
            default -> "there are " + count + " " + noun.plural();
        };
        return new Asked("how many " + noun.plural() + " are there?", String.valueOf(count), sentence);
    }

    private static Asked countAll(Scene scene) {
        int count = scene.objects().size();
        String sentence = count == 1 ? "there is 1 object" : "there are " + count + " objects";
        return new Asked("how many objects are there?", String.valueOf(count), sentence);
    }

    private Asked isThere(Scene scene, RandomGenerator random) {
        Noun noun = Wording.oneOf(random.nextBoolean() ? nouns.list() : scene.nouns(), random);
        boolean isThere = !scene.objectsOf(noun).isEmpty();
        String sentence = isThere ? "yes, there is " + noun.one() : "no, there is no " + noun.name();
        return new Asked("is there " + noun.one() + "?", isThere ? "yes" : "no", sentence);
    }

    private static Optional<Asked> backgroundColour(Scene scene) {
        return scene.background()
                .colour()
                .map(colour -> new Asked(
                        "what color is the background?", colour.word(), "the background is " + colour.word()));
    }

    private static Optional<Asked> colour(Scene scene, RandomGenerator random) {
        return single(scene, random).filter(object -> object.noun().hasColour()).map(object -> {
            Noun noun = object.noun();
            return new Asked(
                    "what color is the " + noun.name() + "?",
                    noun.colour(),
                    "the " + noun.name() + " is " + noun.colour());
        });
    }

    private static Optional<Asked> whatIsAt(Scene scene, RandomGenerator random) {
        Side side = Wording.oneOf(List.of(Side.values()), random);
        Relations relations = new Relations(scene);
        if (scene.objects().size() < 2) {
            return Optional.empty();
        }
        return scene.objects().stream()
                .filter(object -> isInHalf(side, object, scene))
                .filter(object -> scene.objects().stream()
                        .allMatch(other -> other == object || relations.isTowards(side, object, other)))
                .findFirst()
                .map(object -> new Asked(
                        "what is " + side.place() + "?",
                        object.noun().name(),
                        "the " + object.noun().name() + " is " + side.place()));
    }

    private static boolean isInHalf(Side side, PlacedObject object, Scene scene) {
        return switch (side) {
            case LEFT -> object.centreX() < scene.width() / 2.0;
            case RIGHT -> object.centreX() > scene.width() / 2.0;
            case TOP -> object.centreY() < scene.height() / 2.0;
            case BOTTOM -> object.centreY() > scene.height() / 2.0;
        };
    }

    private static Optional<Asked> leftOrRight(Scene scene, RandomGenerator random) {
        return between(scene, Side.LEFT, "left or right of", random);
    }

    private static Optional<Asked> aboveOrBelow(Scene scene, RandomGenerator random) {
        return between(scene, Side.TOP, "above or below", random);
    }

    private static Optional<Asked> between(Scene scene, Side side, String words, RandomGenerator random) {
        Optional<PlacedObject> one = single(scene, random);
        Optional<PlacedObject> two = single(scene, random);
        if (one.isEmpty() || two.isEmpty() || one.equals(two)) {
            return Optional.empty();
        }
        PlacedObject first = one.get();
        PlacedObject second = two.get();
        Relations relations = new Relations(scene);
        String question = "is the " + first.noun().name() + " " + words + " the "
                + second.noun().name() + "?";
        for (Side candidate : List.of(side, side.opposite())) {
            if (relations.isTowards(candidate, first, second)) {
                String sentence = "the " + first.noun().name() + " is " + candidate.relation() + " the "
                        + second.noun().name();
                return Optional.of(new Asked(question, candidate.answer(), sentence));
            }
        }
        return Optional.empty();
    }

    private static Optional<Asked> biggest(Scene scene) {
        Relations relations = new Relations(scene);
        if (scene.objects().size() < 2) {
            return Optional.empty();
        }
        return scene.objects().stream()
                .filter(object -> scene.objects().stream()
                        .allMatch(other -> other == object || relations.isBigger(object, other)))
                .findFirst()
                .map(object -> new Asked(
                        "what is the biggest object?",
                        object.noun().name(),
                        "the biggest object is the " + object.noun().name()));
    }

    private static Optional<Asked> where(Scene scene, RandomGenerator random) {
        return single(scene, random).flatMap(object -> where(scene, object));
    }

    /** Where an object is, in words; empty where it is too near to the border between two places. */
    static Optional<Asked> where(Scene scene, PlacedObject object) {
        double x = object.centreX() / scene.width();
        if (Math.min(Math.abs(x - OUTER), Math.abs(1 - OUTER - x)) < CLEAR_MARGIN) {
            return Optional.empty();
        }
        String place = x < OUTER ? "on the left" : x > 1 - OUTER ? "on the right" : "in the middle";
        String name = "the " + object.noun().name();
        return Optional.of(new Asked("where is " + name + "?", place, name + " is " + place));
    }

    /** An object that is the only one of its noun. */
    static Optional<PlacedObject> single(Scene scene, RandomGenerator random) {
        PlacedObject object = Wording.oneOf(scene.objects(), random);
        return scene.objectsOf(object.noun()).size() == 1 ? Optional.of(object) : Optional.empty();
    }
}
