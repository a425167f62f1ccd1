package io.sextant.training.world.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.box.AnnotatedText;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.render.SyntheticRenders;
import io.sextant.training.world.scene.Background;
import io.sextant.training.world.scene.BackgroundKind;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.SceneSettings;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneQuestionsTest {
    private static final Set<Task> HAVE_ANSWERS = EnumSet.of(Task.VQA, Task.IDENTIFY, Task.CHAT);
    private static final Nouns NOUNS = HandMadeScene.NOUNS;
    private static final SceneGenerator GENERATOR =
            new SceneGenerator(SceneSettings.of(NOUNS), SyntheticRenders.of(NOUNS));

    private final SceneQuestions questions = new SceneQuestions(NOUNS);
    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void captionsSayObjectsFromLeftToRightAndTheBackground() {
        Scene scene = HandMadeScene.dogAndTwoApples();

        assertThat(Captions.caption(scene, false).answer()).isEqualTo("a dog and two apples on a blue background");
        assertThat(Captions.caption(scene, true).answer()).isEqualTo("a dog and two apples");
        assertThat(Captions.caption(scene, false).truth()).isEqualTo(new Truth.Objects(List.of("dog", "apple")));
    }

    @Test
    void captionsOfPhotosSayNoBackground() {
        Scene blue = HandMadeScene.dogAndTwoApples();
        Scene photo = new Scene(
                1, blue.width(), blue.height(), new Background(BackgroundKind.PHOTO_LIKE, null), blue.objects());

        assertThat(Captions.caption(photo, false).answer()).isEqualTo("a dog and two apples");
        for (int i = 0; i < 300; i++) {
            assertThat(questions.ask(Task.VQA, photo, random).orElseThrow().prompt())
                    .doesNotContainIgnoringCase("background");
        }
    }

    @Test
    void groundedCaptionsHaveTheBoxesOfEveryPhrase() {
        assertThat(Captions.grounding(HandMadeScene.dogAndTwoApples()).answer())
                .isEqualTo("<p>a dog</p> {<5><60><20><90>} and <p>two apples</p>"
                        + " {<40><40><60><80>}<delim>{<70><5><80><25>}");
    }

    @Test
    void detectionAnswersInTheOrderAskedAndLeavesAbsentNounsWithoutABox() {
        Scene scene = HandMadeScene.dogAndTwoApples();
        Question question = DetectionQuestions.of(
                scene, List.of(NOUNS.named("apple"), NOUNS.named("cat"), NOUNS.named("dog")), "apple, cat, dog");

        assertThat(question.answer())
                .isEqualTo("<p>apple</p> {<40><40><60><80>}<delim>{<70><5><80><25>} <p>cat</p>"
                        + " <p>dog</p> {<5><60><20><90>}");
    }

    @Test
    void questionsInWordsAreAnsweredTruly() {
        Map<String, Set<String>> answers = answersOf(HandMadeScene.dogAndTwoApples(), 3000);

        assertThat(answers)
                .containsEntry("how many apples are there", Set.of("2"))
                .containsEntry("how many dogs are there", Set.of("1"))
                .containsEntry("how many objects are there", Set.of("3"))
                .containsEntry("is there a dog", Set.of("yes"))
                .containsEntry("what color is the background", Set.of("blue"))
                .containsEntry("what is on the left", Set.of("dog"))
                .containsEntry("what is on the right", Set.of("apple"))
                .containsEntry("what is at the top", Set.of("apple"))
                .containsEntry("what is at the bottom", Set.of("dog"))
                .containsEntry("what is the biggest object", Set.of("apple"))
                .containsEntry("where is the dog", Set.of("on the left"))
                .containsEntry("how many cats are there", Set.of("0"))
                .containsEntry("is there a cat", Set.of("no"));
        assertThat(answers).doesNotContainKey("where is the apple").doesNotContainKey("what color is the apple");
        answers.values().forEach(answer -> assertThat(answer).hasSize(1));
    }

    @Test
    void relationsAreAskedBothWaysRound() {
        Scene scene = new HandMadeScene()
                .with("dog", 20, 20, 80, 80)
                .with("banana", 300, 120, 360, 180)
                .scene();

        assertThat(answersOf(scene, 2000))
                .containsEntry("is the dog left or right of the banana", Set.of("left"))
                .containsEntry("is the banana left or right of the dog", Set.of("right"))
                .containsEntry("is the dog above or below the banana", Set.of("above"))
                .containsEntry("is the banana above or below the dog", Set.of("below"))
                .containsEntry("what color is the banana", Set.of("yellow"))
                .doesNotContainKey("what color is the dog");
    }

    @Test
    void aPlaceNearABorderIsNotAskedFor() {
        PlacedObject near = new HandMadeScene()
                .with("dog", 74, 20, 134, 80)
                .scene()
                .objects()
                .get(0);
        PlacedObject clear = new HandMadeScene()
                .with("dog", 90, 20, 150, 80)
                .scene()
                .objects()
                .get(0);
        Scene scene = new HandMadeScene().scene();

        assertThat(VisualQuestions.where(scene, near)).isEmpty();
        assertThat(VisualQuestions.where(scene, clear).map(Asked::answer)).contains("in the middle");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Task.class)
    void answersAreWellFormedAndSayWhatIsTrue(Task task) {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        for (int seed = 0; seed < 200; seed++) {
            Scene scene = GENERATOR.generate(seed);
            questions.ask(task, scene, random).ifPresent(question -> {
                asked.incrementAndGet();
                assertThat(AnnotatedText.parse(question.answer()).malformed()).isEmpty();
                assertThat(question.answer()).isNotBlank();
                if (question.truth() instanceof Truth.Answers answers) {
                    assertThat(answers.answers()).contains(question.answer());
                    answered.incrementAndGet();
                }
                assertThat(PromptForms.turns(question, scene.width(), scene.height()))
                        .hasSize(1);
            });
        }
        assertThat(asked).hasPositiveValue();
        assertThat(answered.get() > 0)
                .as("questions whose truth is a set of answers")
                .isEqualTo(HAVE_ANSWERS.contains(task));
    }

    @Test
    void promptsVaryInCapitalsArticlesAndQuestionMarks() {
        Set<String> prompts = new HashSet<>();
        Scene scene = new HandMadeScene().with("dog", 180, 80, 220, 120).scene();
        for (int i = 0; i < 300; i++) {
            prompts.add(questions.ask(Task.REFER, scene, random).orElseThrow().prompt());
        }

        assertThat(prompts)
                .contains(
                        "the dog",
                        "The dog",
                        "dog",
                        "Dog",
                        "where is the dog?",
                        "Where is the dog?",
                        "where is the dog");
    }

    @Test
    void conversationsChangeTheTaskFromRoundToRound() {
        List<Question> rounds = questions.conversation(
                List.of(Task.REFER, Task.VQA, Task.IDENTIFY), 4, HandMadeScene.dogAndTwoApples(), random);

        assertThat(rounds).hasSize(4);
        for (int i = 0; i < rounds.size(); i++) {
            assertThat(rounds.get(i).history()).hasSize(i);
            if (i > 0) {
                assertThat(rounds.get(i).task()).isNotEqualTo(rounds.get(i - 1).task());
                assertThat(rounds.get(i).history().get(i - 1).text())
                        .isEqualTo(rounds.get(i - 1).answer());
            }
        }
    }

    @Test
    void theSameWordsAreAskedOfSeveralTasks() {
        Map<String, Set<Task>> tasks = new HashMap<>();
        Scene scene = new HandMadeScene().with("dog", 180, 80, 220, 120).scene();
        for (int i = 0; i < 200; i++) {
            Question question = questions.askAmbiguously(scene, random);
            tasks.computeIfAbsent(question.prompt(), prompt -> EnumSet.noneOf(Task.class))
                    .add(question.task());
        }

        assertThat(tasks)
                .containsOnly(
                        Map.entry("where is the dog?", EnumSet.of(Task.REFER, Task.DETECTION, Task.VQA)),
                        Map.entry("describe this image", EnumSet.of(Task.CAPTION, Task.GROUNDING)));
    }

    @Test
    void questionsWithoutAImageAreAnsweredInASentence() {
        Map<String, String> answers = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            Question question = questions.askWithoutImage(random);
            answers.put(question.prompt(), question.answer());
        }

        assertThat(answers)
                .containsEntry("what is the plural of knife?", "the plural of knife is knives")
                .containsEntry("is 3 more than 2?", "yes, 3 is more than 2")
                .containsEntry("is 2 more than 2?", "no, 2 is not more than 2")
                .containsEntry("what color is a lemon?", "a lemon is yellow")
                .containsEntry("what comes after 4?", "5 comes after 4")
                .containsEntry("how many are 2 and 3?", "2 and 3 are 5");
    }

    @Test
    void aSceneCanBeToldInWords() {
        Scene scene = new HandMadeScene().with("dog", 180, 80, 220, 120).scene();

        assertThat(SceneText.describe(scene, random)).isEqualTo("dog {<45><40><55><60>} on a blue background");
    }

    @Test
    void weakLabelsAreWrongAsOftenAsAskedAndStayInTheImage() {
        Scene scene = HandMadeScene.dogAndTwoApples();
        WeakLabels clean = new WeakLabels(NOUNS, 0, 0, 0);
        WeakLabels spoiled = new WeakLabels(NOUNS, 0.3, 0.5, 0.5);

        assertThat(clean.spoil(scene, random)).isEqualTo(scene);
        List<Scene> scenes = IntStream.range(0, 200)
                .mapToObj(i -> spoiled.spoil(scene, random))
                .toList();
        assertThat(scenes).allMatch(weak -> !weak.objects().isEmpty());
        assertThat(scenes).anyMatch(weak -> weak.objects().size() == 1);
        assertThat(scenes.stream().flatMap(weak -> weak.objects().stream()))
                .allMatch(object -> object.box().xMin() >= 0
                        && object.box().xMax() <= 400
                        && object.box().yMax() <= 200);
        long wrong = scenes.stream()
                .flatMap(weak -> weak.objects().stream())
                .filter(object -> !Set.of("dog", "apple").contains(object.noun().name()))
                .count();
        long all = scenes.stream().mapToLong(weak -> weak.objects().size()).sum();
        assertThat((double) wrong / all).isBetween(0.35, 0.6);
    }

    @Test
    void wordsOfTheWorldAreCollected() {
        List<String> words = WorldWords.collect(NOUNS, GENERATOR);

        assertThat(words).contains("knives", "ice", "cream", "Where", "background", "purple", "grounding", "delim");
        assertThat(words).doesNotHaveDuplicates().isSorted().allMatch(word -> word.matches("[A-Za-z]+"));
    }

    /** What each question is answered with, its words without capital and question mark. */
    private Map<String, Set<String>> answersOf(Scene scene, int count) {
        Map<String, Set<String>> answers = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Optional<Question> question = questions.ask(Task.VQA, scene, random);
            String words = question.orElseThrow().prompt();
            String plain = (Character.toLowerCase(words.charAt(0)) + words.substring(1)).replace("?", "");
            answers.computeIfAbsent(plain, key -> new HashSet<>())
                    .add(question.get().answer());
        }
        return answers;
    }
}
