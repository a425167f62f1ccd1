package io.sextant.tasks.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltinTasksTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "a".repeat(64), 200, 400, 1, new byte[3 * 200 * 400]);

    private static String question(String task, Map<String, String> settings, String prompt, @Nullable PixelBox box) {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("");
        new ModelTaskRunner(model, TaskRegistries.discover(Map.of(task, settings), List.of()))
                .run(task, TaskInput.builder(IMAGE).prompt(prompt).box(box).build());
        return model.lastQuestion();
    }

    private static TaskOutcome answer(String task, String prompt, String text) {
        return new ModelTaskRunner(FakeVisionLanguageModel.answering(text), TaskRegistries.discover())
                .run(task, TaskInput.about(IMAGE, prompt));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vqa | where is it? | [vqa] Based on the image, respond to this question with a short answer: where is it?",
                "caption | '' | [caption] briefly describe this image",
                "caption | A short image caption: | [caption] A short image caption:",
                "grounding | '' | [grounding] describe this image in detail",
                "grounding | summarize this image in details | [grounding] summarize this image in details",
                "refer | the spoon | [refer] give me the location of the spoon",
                "refer | where is it? | [refer] where is it?",
                "identify | this {<1><2><3><4>} is | [identify] this {<1><2><3><4>} is",
                "identify | {<1><2><3><4>} | [identify] {<1><2><3><4>}",
                "detection | a man, a horse and a wall | [detection] a man, a horse and a wall",
                "chat | why? | why?",
            })
    void asksAsTheModelWasTrained(String task, String prompt, String question) {
        assertThat(question(task, Map.of(), prompt, null)).isEqualTo(question);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vqa | template | plain | why? | [vqa] why?",
                "refer | template | bare | the spoon | [refer] the spoon",
                "caption | default-prompt | A photo of | '' | [caption] A photo of",
                "grounding | default-prompt | please describe this image in details | ''"
                        + " | [grounding] please describe this image in details",
            })
    void asksAsTheSettingsSay(String task, String key, String value, String prompt, String question) {
        assertThat(question(task, Map.of(key, value), prompt, null)).isEqualTo(question);
    }

    @Test
    void putsABoxInPixelsIntoTheBinsOfTheImage() {
        PixelBox box = new PixelBox(50, 100, 100, 399);

        assertThat(question("identify", Map.of(), "", box)).isEqualTo("[identify] what is this {<25><25><50><99>}");
        assertThat(question("identify", Map.of(), "name it", box)).isEqualTo("[identify] name it {<25><25><50><99>}");
        assertThat(question("identify", Map.of("default-prompt", "what is it in"), "", box))
                .isEqualTo("[identify] what is it in {<25><25><50><99>}");
    }

    @Test
    void identifyRefusesTwoBoxesAndNone() {
        assertThatThrownBy(() -> question("identify", Map.of(), "{<1><2><3><4>}", new PixelBox(0, 0, 9, 9)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("leave out one of them");
        assertThatThrownBy(() -> question("identify", Map.of(), "what is {<1><2><3>}", null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("needs a box");
    }

    @Test
    void theIdentifierDecidesTheFormOfTheAnswerWhateverTheWords() {
        String words = "where is the apple?";

        assertThat(answer("vqa", words, "on the left").result()).isInstanceOf(TaskResult.Answer.class);
        assertThat(answer("refer", words, "{<1><2><3><4>}").result()).isInstanceOf(TaskResult.Boxes.class);
        assertThat(answer("detection", words, "<p>apple</p> {<1><2><3><4>}").result())
                .isInstanceOf(TaskResult.Phrases.class);
        assertThat(answer("chat", words, "It is on the left.").result()).isInstanceOf(TaskResult.Text.class);
        assertThat(answer("caption", words, "an apple").result()).isEqualTo(new TaskResult.Caption("an apple"));
    }

    @Test
    void findsPhrasesAndTheirBoxesInPixels() {
        TaskOutcome outcome = answer(
                "grounding",
                "",
                "<p>two dogs</p> {<10><20><30><40>}<delim>{<0><0><100><100>} on <p>a bed</p> and {<9>");

        TaskResult.Phrases result = (TaskResult.Phrases) outcome.result();
        assertThat(result.phrases()).extracting(LocatedPhrase::text).containsExactly("two dogs", "a bed");
        assertThat(result.phrases().get(0).boxes())
                .extracting(LocatedBox::bins)
                .containsExactly(new BinBox(10, 20, 30, 40), new BinBox(0, 0, 100, 100));
        assertThat(result.phrases().get(0).boxes().get(1).pixels()).isEqualTo(new PixelBox(0, 0, 200, 400));
        assertThat(result.phrases().get(0).boxes().get(0).confidence()).isBetween(0.899, 0.901);
        assertThat(result.phrases().get(1).boxes()).isEmpty();
        assertThat(result.text()).startsWith("two dogs on a bed and");
        assertThat(result.malformed()).singleElement().asString().contains("{<9>");
    }

    @Test
    void referSaysWhatIsNoBox() {
        TaskResult.Boxes two = (TaskResult.Boxes) answer("refer", "the cats", "{<1><2><3><4>}<delim>{<5><6><7><8>}")
                .result();
        TaskResult.Boxes none =
                (TaskResult.Boxes) answer("refer", "the cat", "there is no cat").result();

        assertThat(two.boxes())
                .extracting(LocatedBox::bins)
                .containsExactly(new BinBox(1, 2, 3, 4), new BinBox(5, 6, 7, 8));
        assertThat(two.malformed()).isEmpty();
        assertThat(none.boxes()).isEmpty();
        assertThat(none.malformed()).containsExactly("there is no cat");
    }

    @Test
    void keepsTextWhenABoxIsMalformed() {
        TaskOutcome outcome = answer("refer", "the cat", "{<10><20><30>}");

        assertThat(outcome.text()).isEqualTo("{<10><20><30>}");
        assertThat(outcome.result().malformed()).containsExactly("{<10><20><30>}");
    }

    @ParameterizedTest
    @CsvSource({"vqa, template, long, 'allowed are [plain, short-answer]'", "chat, mood, glad, 'has no settings'"})
    void refusesSettingsItDoesNotKnow(String task, String key, String value, String message) {
        assertThatThrownBy(() -> TaskRegistries.discover(Map.of(task, Map.of(key, value)), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sextant.tasks.\"" + task + "\"." + key)
                .hasMessageContaining(message);
    }
}
