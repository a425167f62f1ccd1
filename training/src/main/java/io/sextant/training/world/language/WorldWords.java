package io.sextant.training.world.language;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.Split;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** The words that prompts and answers of the world are made of, for whoever builds its tokenizer. */
public final class WorldWords {
    private static final int SCENES = 1000;

    private WorldWords() {}

    /**
     * Every word of many prompts and answers, and of every noun, once, in alphabetical order; boxes, digits and punctuation are left
     * out. Words with and without a capital are different.
     */
    public static List<String> collect(Nouns nouns, SceneGenerator generator) {
        TreeSet<String> words = new TreeSet<>();
        nouns.list()
                .forEach(noun -> List.of(noun.name(), noun.one(), noun.plural(), noun.kind(), noun.colour())
                        .forEach(text -> add(text, words)));
        SceneQuestions questions = new SceneQuestions(nouns);
        RandomGenerator random = new SplittableRandom(1);
        for (int i = 0; i < SCENES; i++) {
            Scene scene = generator.generate(Split.TRAIN.sceneSeed(0, i));
            for (Task task : Task.values()) {
                questions.ask(task, scene, random).ifPresent(question -> add(question, words));
            }
            add(questions.askWithoutImage(random), words);
        }
        return List.copyOf(words);
    }

    private static void add(Question question, TreeSet<String> words) {
        add(question.answer(), words);
        PromptForms.turns(question, 100, 100).forEach(turn -> turn.question().forEach(segment -> add(segment, words)));
    }

    private static void add(PromptSegment segment, TreeSet<String> words) {
        if (segment instanceof PromptSegment.Literal literal) {
            add(literal.text(), words);
        } else if (segment instanceof PromptSegment.UserText user) {
            add(user.text(), words);
        } else if (segment instanceof PromptSegment.TaskIdentifier identifier) {
            add(identifier.name(), words);
        }
    }

    private static void add(String text, TreeSet<String> words) {
        for (String word : text.split("[^A-Za-z]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
    }
}
