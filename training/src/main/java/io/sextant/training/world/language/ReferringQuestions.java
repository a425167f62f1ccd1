package io.sextant.training.world.language;

import io.sextant.core.box.BinBox;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Expressions to boxes, and boxes to expressions. */
final class ReferringQuestions {
    /** Words around a typed box; the reference's training has most of them (coco_dataset.py:100-108). */
    private static final List<String> AROUND_BOX = List.of(
            "%s",
            "%s", "%s", "what is this %s", "what is it in %s", "what object is in this location %s", "this %s is");

    private static final double ASKED_CHANCE = 0.35;
    private static final double TYPED_BOX_CHANCE = 0.35;

    private ReferringQuestions() {}

    /** Where is the object an expression names; empty if the scene has none that can be named clearly. */
    static Optional<Question> refer(Scene scene, RandomGenerator random) {
        return named(scene, random).map(named -> {
            // The expression that says no more than needed is the one people use most.
            String expression =
                    random.nextBoolean() ? named.expressions().get(0) : Wording.oneOf(named.expressions(), random);
            String prompt = random.nextDouble() < ASKED_CHANCE
                    ? Wording.question("where is " + expression + "?", random)
                    : Wording.expression(expression, random);
            return refer(scene, named.object(), prompt);
        });
    }

    static Question refer(Scene scene, PlacedObject object, String prompt) {
        return Question.of(Task.REFER, prompt, BoxText.of(scene, object), new Truth.Boxes(List.of(object.box())));
    }

    /** What is in an object's box; empty if the scene has no object that can be named clearly. */
    static Optional<Question> identify(Scene scene, RandomGenerator random) {
        return named(scene, random).map(named -> {
            String answer = named.expressions().get(0);
            Truth truth = new Truth.Answers(named.expressions());
            if (random.nextDouble() >= TYPED_BOX_CHANCE) {
                return new Question(Task.IDENTIFY, List.of(), "", named.object().box(), answer, truth);
            }
            String box = BinBox.ofPixels(named.object().box(), scene.width(), scene.height())
                    .toText();
            return Question.of(Task.IDENTIFY, Wording.oneOf(AROUND_BOX, random).replace("%s", box), answer, truth);
        });
    }

    private static Optional<Named> named(Scene scene, RandomGenerator random) {
        Expressions expressions = new Expressions(scene);
        List<Named> choices = scene.objects().stream()
                .map(object -> new Named(object, expressions.of(object)))
                .filter(named -> !named.expressions().isEmpty())
                .toList();
        return choices.isEmpty() ? Optional.empty() : Optional.of(Wording.oneOf(choices, random));
    }

    private record Named(PlacedObject object, List<String> expressions) {}
}
