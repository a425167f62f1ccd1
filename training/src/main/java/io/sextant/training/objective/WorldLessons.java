package io.sextant.training.objective;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.prompt.Turn;
import io.sextant.training.sequence.Dialogue;
import io.sextant.training.stage.DataShare;
import io.sextant.training.stage.SceneShare;
import io.sextant.training.world.language.PromptForms;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.SceneQuestions;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.WeakLabels;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.scene.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The generated world's data sets: {@code world/<task>} for each task, {@code world/conversation} for rounds of different tasks,
 * {@code world/ambiguous} for words that fit several tasks, {@code world/text} for questions without an image.
 */
final class WorldLessons {
    private static final String PREFIX = "world/";
    private static final String CONVERSATION = "world/conversation";
    private static final String AMBIGUOUS = "world/ambiguous";
    /** Questions without an image. */
    static final String TEXT = "world/text";

    private static final List<Task> IMAGE_TASKS = List.of(Task.values());

    private final SceneQuestions questions;
    private final WeakLabels weak;
    private final boolean hasIdentifiers;

    /** @param hasIdentifiers whether prompts have their task identifiers */
    WorldLessons(Nouns nouns, SceneShare scenes, boolean hasIdentifiers) {
        this.questions = new SceneQuestions(nouns);
        this.weak = new WeakLabels(nouns, scenes.boxNoise(), scenes.missingChance(), scenes.wrongChance());
        this.hasIdentifiers = hasIdentifiers;
    }

    /** @throws ConfigurationException if the world has no such data set */
    static void requireKnown(DataShare share) {
        String data = share.data();
        if (!data.equals(CONVERSATION)
                && !data.equals(AMBIGUOUS)
                && !isText(share)
                && task(share).isEmpty()) {
            throw new ConfigurationException("There is no data set \"" + data + "\"; the generated world has " + TEXT
                    + ", " + CONVERSATION + ", " + AMBIGUOUS + " and "
                    + Arrays.stream(Task.values())
                            .map(task -> PREFIX + task.word())
                            .toList() + ".");
        }
    }

    static boolean isText(DataShare share) {
        return share.data().equals(TEXT);
    }

    private static Optional<Task> task(DataShare share) {
        return share.data().startsWith(PREFIX) ? Task.named(share.data().substring(PREFIX.length())) : Optional.empty();
    }

    /** A lesson about a scene; empty if nothing of that kind can be asked clearly. */
    Optional<Lesson> about(DataShare share, Scene scene, RandomGenerator random) {
        Scene labels = share.isWeak() ? weak.spoil(scene, random) : scene;
        if (share.data().equals(CONVERSATION)) {
            int rounds = random.nextInt(2, Math.max(2, share.rounds()) + 1);
            List<Question> all = questions.conversation(IMAGE_TASKS, rounds, labels, random);
            return Optional.of(lesson(all.get(all.size() - 1), scene));
        }
        if (share.data().equals(AMBIGUOUS)) {
            return Optional.of(lesson(questions.askAmbiguously(labels, random), scene));
        }
        return task(share).flatMap(task -> ask(task, labels, random));
    }

    /** A lesson of one task about a scene. */
    Optional<Lesson> ask(Task task, Scene scene, RandomGenerator random) {
        return questions.ask(task, scene, random).map(question -> lesson(question, scene));
    }

    /** A lesson without an image. */
    Lesson withoutImage(RandomGenerator random) {
        Question question = questions.askWithoutImage(random);
        return new Lesson(question, dialogue(question, 1, 1));
    }

    private Lesson lesson(Question question, Scene scene) {
        return new Lesson(question, dialogue(question, scene.width(), scene.height()));
    }

    private Dialogue dialogue(Question question, int width, int height) {
        List<Turn> turns = new ArrayList<>(PromptForms.turns(question, width, height));
        Turn last = turns.remove(turns.size() - 1);
        turns.add(Turn.answered(last.question(), question.answer()));
        return new Dialogue(hasIdentifiers ? turns : PromptForms.withoutIdentifiers(turns));
    }
}
