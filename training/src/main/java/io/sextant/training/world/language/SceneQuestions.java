package io.sextant.training.world.language;

import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Asks about scenes. Stateless apart from the world's nouns; thread-safe if each thread brings its own random source. */
public final class SceneQuestions {
    private final DetectionQuestions detection;
    private final VisualQuestions visual;
    private final TextQuestions text;

    public SceneQuestions(Nouns nouns) {
        this.detection = new DetectionQuestions(nouns);
        this.visual = new VisualQuestions(nouns);
        this.text = new TextQuestions(nouns);
    }

    /** A question of a task about a scene, first round; empty if nothing clear can be asked. */
    public Optional<Question> ask(Task task, Scene scene, RandomGenerator random) {
        return switch (task) {
            case REFER -> ReferringQuestions.refer(scene, random);
            case IDENTIFY -> ReferringQuestions.identify(scene, random);
            case VQA -> Optional.of(visual.ask(scene, random));
            case DETECTION -> Optional.of(detection.ask(scene, random));
            case GROUNDING -> Optional.of(Captions.grounding(scene, random));
            case CAPTION -> Optional.of(Captions.caption(scene, random));
            case CHAT -> Optional.of(visual.chat(scene, random));
        };
    }

    /** A question about the world that comes without an image and without a task identifier. */
    public Question askWithoutImage(RandomGenerator random) {
        return text.ask(random);
    }

    /**
     * The rounds of a conversation about one scene, each of another kind of question than the one before; the history of each holds
     * those before it, answered right.
     *
     * @param tasks to choose from, at least two
     * @param rounds how many, at least 1
     */
    public List<Question> conversation(List<Task> tasks, int rounds, Scene scene, RandomGenerator random) {
        List<Question> questions = new ArrayList<>();
        List<Round> history = new ArrayList<>();
        while (questions.size() < rounds) {
            Task task = Wording.oneOf(tasks, random);
            boolean isRepeated =
                    !questions.isEmpty() && questions.get(questions.size() - 1).task() == task;
            Optional<Question> question = isRepeated ? Optional.empty() : ask(task, scene, random);
            question.ifPresent(asked -> {
                questions.add(asked.after(history));
                history.add(asked.answered(scene.width(), scene.height()));
            });
        }
        return questions;
    }

    /**
     * A question whose words fit several tasks, so that only the task identifier tells them apart: {@code where is the apple?}
     * of refer, detection and vqa, {@code describe this image} of caption and grounding.
     */
    public Question askAmbiguously(Scene scene, RandomGenerator random) {
        Optional<PlacedObject> single = VisualQuestions.single(scene, random);
        Optional<Asked> where = single.flatMap(object -> VisualQuestions.where(scene, object));
        if (single.isEmpty() || where.isEmpty() || random.nextInt(3) == 0) {
            return random.nextBoolean()
                    ? Captions.caption(scene, false)
                    : Captions.grounding(scene).asking(Captions.DESCRIBE);
        }
        Noun noun = single.get().noun();
        String words = where.get().question();
        return switch (random.nextInt(3)) {
            case 0 -> ReferringQuestions.refer(scene, single.get(), words);
            case 1 -> DetectionQuestions.of(scene, List.of(noun), words);
            default ->
                Question.of(
                        Task.VQA,
                        words,
                        where.get().answer(),
                        new Truth.Answers(List.of(where.get().answer())));
        };
    }
}
