package io.sextant.tasks.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.FinishReason;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import io.sextant.tasks.testkit.FixedAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredTaskTest {
    private static final TaskRequest REQUEST = new TaskRequest("red", new PixelBox(0, 0, 50, 100), 100, 100);

    @Test
    void fillsTheTemplateAndKeepsTheUsersWordsApart() {
        VisionTask task = DeclaredTask.of("colour", " is it {prompt} in {box} ? ")
                .withIdentifier("vqa")
                .toTask();

        assertThat(task.prompt(REQUEST))
                .containsExactly(
                        PromptSegment.taskIdentifier("vqa"),
                        PromptSegment.literal("is it "),
                        PromptSegment.userText("red"),
                        PromptSegment.literal(" in "),
                        PromptSegment.box(new BinBox(0, 0, 50, 100)),
                        PromptSegment.literal(" ?"));
    }

    @Test
    void needsWhatItsTemplateNames() {
        TaskDescriptor fixed = DeclaredTask.of("mood", "what mood?").toTask().descriptor();
        TaskDescriptor asked =
                DeclaredTask.of("mood", "{prompt} in {box}").toTask().descriptor();
        TaskDescriptor helped = DeclaredTask.of("mood", "{prompt}")
                .withDefaultPrompt("what mood?")
                .toTask()
                .descriptor();

        assertThat(List.of(fixed.promptNeed(), fixed.boxNeed(), fixed.imageNeed()))
                .containsExactly(InputNeed.UNUSED, InputNeed.UNUSED, InputNeed.REQUIRED);
        assertThat(List.of(asked.promptNeed(), asked.boxNeed()))
                .containsExactly(InputNeed.REQUIRED, InputNeed.REQUIRED);
        assertThat(helped.promptNeed()).isEqualTo(InputNeed.OPTIONAL);
    }

    @Test
    void takesItsOwnWordsWhereTheUserGivesNone() {
        VisionTask task = DeclaredTask.of("mood", "{prompt}")
                .withDefaultPrompt("what mood?")
                .toTask();

        assertThat(task.prompt(new TaskRequest("", null, 10, 10))).containsExactly(PromptSegment.literal("what mood?"));
    }

    @ParameterizedTest
    @CsvSource({"yes, yes", "Yes., yes", "' YES! ', yes", "no entry, No entry", "'\"No  Entry\"', No entry"})
    void findsAnAnswerOfTheSetWhateverItsCaseAndPunctuation(String written, String answer) {
        VisionTask task = DeclaredTask.of("gate", "may one pass?")
                .withAnswers(List.of("yes", "No entry"))
                .toTask();

        assertThat(task.parse(new FixedAnswer(written), REQUEST)).isEqualTo(new TaskResult.Answer(answer, 0.9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "perhaps", "yes and no", "entry"})
    void saysSoWhereTheAnswerIsNotInTheSet(String written) {
        VisionTask task = DeclaredTask.of("gate", "may one pass?")
                .withAnswers(List.of("yes", "No entry"))
                .toTask();

        assertThat(task.parse(new FixedAnswer(written), REQUEST)).isEqualTo(new TaskResult.Malformed(written));
    }

    @Test
    void joinsTheProbabilitiesOfSpellingsOfOneAnswer() {
        VisionTask task = DeclaredTask.of("gate", "may one pass?")
                .withAnswers(List.of("no", "Yes"))
                .toTask();
        TaskAnswer answer = new TaskAnswer() {
            @Override
            public String text() {
                return "yes";
            }

            @Override
            public FinishReason finishReason() {
                return FinishReason.END_OF_SEQUENCE;
            }

            @Override
            public double confidence(int start, int end) {
                return 0.9;
            }

            @Override
            public Map<String, Double> choices() {
                return Map.of("no", 0.125, "No", 0.125, "Yes", 0.25, "yes", 0.5);
            }
        };

        assertThat(task.parse(answer, REQUEST)).isInstanceOfSatisfying(TaskResult.Answer.class, result -> {
            assertThat(result.text()).isEqualTo("Yes");
            assertThat(result.probabilities()).containsExactly(Map.entry("no", 0.25), Map.entry("Yes", 0.75));
        });
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "there are 12 apples, 12", "-2.5 degrees, -2.5", "7., 7"})
    void readsTheFirstNumber(String written, double value) {
        VisionTask task = DeclaredTask.of("count", "how many?")
                .withShape(OutputShape.NUMBER)
                .toTask();

        assertThat(task.parse(new FixedAnswer(written), REQUEST)).isEqualTo(new TaskResult.Number(value, 0.9));
    }

    @Test
    void saysSoWhereThereIsNoNumber() {
        VisionTask task = DeclaredTask.of("count", "how many?")
                .withShape(OutputShape.NUMBER)
                .toTask();

        assertThat(task.parse(new FixedAnswer("many"), REQUEST)).isEqualTo(new TaskResult.Malformed("many"));
    }

    @Test
    void readsEveryShape() {
        DeclaredTask task = DeclaredTask.of("any", "what?");
        FixedAnswer answer = new FixedAnswer("<p>a cat</p> {<0><0><50><50>}");

        TaskResult phrases = task.withShape(OutputShape.PHRASES).toTask().parse(answer, REQUEST);
        TaskResult boxes = task.withShape(OutputShape.BOXES).toTask().parse(answer, REQUEST);

        assertThat(((TaskResult.Phrases) phrases).phrases()).hasSize(1);
        assertThat(((TaskResult.Boxes) boxes).boxes())
                .extracting(LocatedBox::pixels)
                .containsExactly(new PixelBox(0, 0, 50, 50));
        assertThat(task.toTask().parse(answer, REQUEST)).isEqualTo(new TaskResult.Text(answer.text()));
        assertThat(task.withShape(OutputShape.ANSWER).toTask().parse(answer, REQUEST))
                .isEqualTo(new TaskResult.Answer(answer.text(), 0.9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{colour}? | '' | unknown placeholder {colour}",
                "{prompt} {prompt} | '' | twice",
                "what? | [vqa] | without brackets",
                "'' | '' | asks nothing",
            })
    void refusesATemplateOrIdentifierThatCannotBeUsed(String template, String identifier, String message) {
        assertThatThrownBy(() -> {
                    DeclaredTask task = DeclaredTask.of("colour", template);
                    task.withIdentifier(identifier);
                })
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"colour\"")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        DeclaredTask task = DeclaredTask.of("gate", "may one pass?");

        assertThatThrownBy(() -> task.withAnswers(List.of("yes", "Yes!"))).hasMessageContaining("there already");
        assertThatThrownBy(() -> task.withAnswers(List.of("yes", "!"))).hasMessageContaining("blank");
        assertThatThrownBy(() -> task.withAnswers(List.of("yes")).withShape(OutputShape.TEXT))
                .hasMessageContaining("ANSWER only");
        assertThatThrownBy(() -> task.withDefaultPrompt("why?")).hasMessageContaining("no {prompt}");
        assertThatThrownBy(() -> new DeclaredTask(
                        "gate", null, "{box}", OutputShape.TEXT, List.of(), null, InputNeed.OPTIONAL, "", List.of()))
                .hasMessageContaining("must be REQUIRED");
    }

    @Test
    void holdsTheModelToTheShapeItPromises() {
        DeclaredTask free = DeclaredTask.of("mood", "what mood?");

        assertThat(grammar(free)).isEqualTo(AnswerGrammar.free());
        assertThat(grammar(free.withShape(OutputShape.ANSWER))).isEqualTo(AnswerGrammar.free());
        assertThat(grammar(free.withShape(OutputShape.PHRASES))).isEqualTo(AnswerGrammar.groundedText());
        assertThat(grammar(free.withShape(OutputShape.NUMBER)).id()).startsWith("number(");
        assertThat(grammar(free.withShape(OutputShape.BOXES)).id()).isEqualTo("either(boxes(1..),phrases(1..))");
    }

    @Test
    void letsTheModelSpellAnAnswerItsWay() {
        DeclaredTask declared = DeclaredTask.of("city", "where?").withAnswers(List.of("New York", "straße", "N/A"));

        assertThat(grammar(declared))
                .isEqualTo(AnswerGrammar.oneOf(
                        List.of("New York", "new york", "New york", "straße", "Straße", "N/A", "n/a", "N/a")));
    }

    @Test
    void takesAPhraseWithoutABoxForNothingFound() {
        VisionTask task =
                DeclaredTask.of("cups", "cups").withShape(OutputShape.BOXES).toTask();

        assertThat(task.parse(new FixedAnswer("<p>cup</p>"), REQUEST))
                .isEqualTo(new TaskResult.Boxes(List.of(), List.of()));
        assertThat(task.parse(new FixedAnswer("no cup"), REQUEST).malformed()).containsExactly("no cup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a</s>", "two\nlines"})
    void refusesAnswersNoModelCanWrite(String answer) {
        assertThatThrownBy(() -> DeclaredTask.of("mood", "what mood?").withAnswers(List.of("good", answer)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"mood\"")
                .hasMessageContaining(answer);
    }

    private static AnswerGrammar grammar(DeclaredTask declared) {
        return declared.toTask().grammar(REQUEST);
    }
}
