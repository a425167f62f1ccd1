package io.sextant.training.world.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prompts of the product's built-in tasks, word for word: a model is trained on what is written here. */
class PromptFormsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "VQA|Is there a dog?|[vqa]Based on the image, respond to this question with a short answer: Is there a dog?",
                "REFER|the red car|[refer]give me the location of the red car",
                "REFER|where is the apple?|[refer]where is the apple?",
                "REFER|where is the apple|[refer]give me the location of where is the apple",
                "DETECTION|dog, apple|[detection]dog, apple",
                "CAPTION|describe this image|[caption]describe this image",
                "CAPTION|''|[caption]briefly describe this image",
                "GROUNDING|describe this image|[grounding]describe this image",
                "GROUNDING|''|[grounding]describe this image in detail",
                "IDENTIFY|what is this {<1><2><3><4>}|[identify]what is this {<1><2><3><4>}",
                "IDENTIFY|{<1><2><3><4>}|[identify]{<1><2><3><4>}",
                "IDENTIFY|this {<1><2><3><4>} is|[identify]this {<1><2><3><4>} is",
                "CHAT|what is the plural of knife?|what is the plural of knife?",
            })
    void writesTheWordsOfTheTask(Task task, String prompt, String expected) {
        assertThat(written(PromptForms.segments(task, prompt))).isEqualTo(expected);
    }

    @Test
    void theAblationAsksTheSameWordsWithoutIdentifiers() {
        Turn turn = Turn.answered(PromptForms.segments(Task.REFER, "where is the apple?"), "{<1><2><3><4>}");

        List<Turn> without = PromptForms.withoutIdentifiers(List.of(turn));

        assertThat(written(without.get(0).question())).isEqualTo("where is the apple?");
        assertThat(without.get(0).answer()).isEqualTo(turn.answer());
    }

    @Test
    void typesBoxesAsBoxesAndWordsAsTheUsers() {
        assertThat(PromptForms.segments(Task.IDENTIFY, "this {<1><2><3><4>} is"))
                .containsExactly(
                        PromptSegment.taskIdentifier("identify"),
                        PromptSegment.userText("this "),
                        PromptSegment.box(new BinBox(1, 2, 3, 4)),
                        PromptSegment.userText(" is"));
    }

    @Test
    void putsABoxBehindTheWordsOfIdentify() {
        Question question = new Question(
                Task.IDENTIFY,
                List.of(),
                "",
                new PixelBox(20, 30, 50, 99),
                "the dog",
                new Truth.Answers(List.of("the dog")));

        List<Turn> turns = PromptForms.turns(question, 200, 100);

        assertThat(turns).hasSize(1);
        assertThat(turns.get(0).question())
                .containsExactly(
                        PromptSegment.taskIdentifier("identify"),
                        PromptSegment.literal("what is this"),
                        PromptSegment.literal(" "),
                        PromptSegment.box(new BinBox(10, 30, 25, 99)));
    }

    @Test
    void writesEarlierRoundsWithTheirAnswers() {
        Question first = new Question(
                Task.IDENTIFY,
                List.of(),
                "",
                new PixelBox(20, 30, 50, 99),
                "the dog",
                new Truth.Answers(List.of("the dog")));
        Question second = Question.of(Task.VQA, "how many dogs are there?", "1", new Truth.Answers(List.of("1")))
                .after(List.of(first.answered(200, 100)));

        List<Turn> turns = PromptForms.turns(second, 200, 100);

        assertThat(turns).hasSize(2);
        assertThat(written(turns.get(0).question())).isEqualTo("[identify]{<10><30><25><99>}");
        assertThat(turns.get(0).answer()).isEqualTo("the dog");
        assertThat(turns.get(1).isAnswered()).isFalse();
    }

    private static String written(List<PromptSegment> segments) {
        StringBuilder text = new StringBuilder();
        for (PromptSegment segment : segments) {
            if (segment instanceof PromptSegment.TaskIdentifier identifier) {
                text.append('[').append(identifier.name()).append(']');
            } else if (segment instanceof PromptSegment.Literal literal) {
                text.append(literal.text());
            } else if (segment instanceof PromptSegment.UserText words) {
                text.append(words.text());
            } else if (segment instanceof PromptSegment.Box box) {
                text.append(box.box().toText());
            }
        }
        return text.toString();
    }
}
