package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.box.PixelBox;
import io.sextant.core.image.AnnotatedImage;
import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutcomeImageTest {
    private static final RgbImage IMAGE = new RgbImage("p.png", "0".repeat(64), 200, 100, 1, new byte[200 * 100 * 3]);

    private static AnnotatedImage image(String task, String prompt, @Nullable PixelBox box, String answer) {
        return OutcomeImage.of(outcome(task, prompt, box, answer), IMAGE);
    }

    private static TaskOutcome outcome(String task, String prompt, @Nullable PixelBox box, String answer) {
        TaskRunner runner = new ModelTaskRunner(FakeVisionLanguageModel.answering(answer), TaskRegistries.discover());
        TaskInput input = TaskInput.builder(IMAGE).prompt(prompt).box(box).build();
        return runner.run(task, input);
    }

    @Test
    void labelsBoxesWithTheirPhrases() {
        AnnotatedImage drawn = image("detection", "cup", null, "<p>cup</p> {<10><20><50><80>}");
        assertThat(drawn.boxes()).containsExactly(new LabelledBox("cup", new PixelBox(20, 20, 100, 80)));
        assertThat(drawn.caption()).isEqualTo("cup: 1 box");
    }

    @Test
    void saysWhatWasNotFound() {
        AnnotatedImage drawn =
                image("detection", "dog, two cups", null, "<p>dog</p> <p>cup</p> {<1><2><3><4>}<delim>{<5><6><7><8>}");
        assertThat(drawn.caption()).isEqualTo("dog: none, cups: 2 boxes");
        assertThat(image("refer", "the dog", null, "there is none").caption())
                .isEqualTo("the dog: none\nnot readable: there is none");
        assertThat(image("detection", "dog", null, "").caption()).isEqualTo("dog: none");
    }

    @Test
    void marksANounThatCameBackAsAnother() {
        AnnotatedImage drawn = image("detection", "puppy", null, "<p>house</p> {<10><20><50><80>}");
        assertThat(drawn.boxes()).extracting(LabelledBox::label).containsExactly("house (asked: puppy)");
        assertThat(drawn.caption()).isEqualTo("puppy: none, house (asked: puppy): 1 box");
    }

    @Test
    void saysThatTheModelDoesNotKnowSuchImages() {
        TaskRunner runner = ModelTaskRunner.builder(FakeVisionLanguageModel.answering("two"), TaskRegistries.discover())
                .familiarity(image -> false)
                .build();
        TaskOutcome outcome = runner.run("vqa", TaskInput.about(IMAGE, "how many?"));
        assertThat(OutcomeImage.of(outcome, IMAGE).caption()).startsWith("how many?\ntwo\nunlike the drawn scenes");
        assertThat(ResultJson.COMPACT.toText(outcome)).contains("\"orientation\":1,\"familiar\":false}");
    }

    @Test
    void showsTheQuestionWithItsAnswer() {
        assertThat(image("vqa", "how many cups?", null, "two").caption()).isEqualTo("how many cups?\ntwo");
    }

    @Test
    void countsTheBoxesOfADescription() {
        assertThat(image("grounding", "", null, "<p>two dogs</p> {<1><2><3><4>}<delim>{<5><6><7><8>}")
                        .caption())
                .isEqualTo("two dogs\n2 boxes");
        assertThat(image("grounding", "describe this", null, "two dogs").caption())
                .isEqualTo("describe this\ntwo dogs\nno boxes");
    }

    @Test
    void drawsTheBoxesOfAPluginsOwnResult() {
        Map<String, Object> box = Map.of("xMin", 20, "yMin", 20.5, "xMax", 100, "yMax", 80);
        Map<String, Object> object = Map.of(
                "found",
                        List.of(
                                Map.of("label", "left", "box", Map.of("pixels", box, "bins", box)),
                                Map.of("area", box)),
                "broken", Map.of("xMin", 5, "yMin", 5, "xMax", 1, "yMax", 1));
        TaskOutcome answered = outcome("vqa", "what?", null, "it");
        TaskOutcome custom = TaskOutcome.builder(
                        answered.id(), "vqa", answered.model(), new TaskResult.Custom("urn:test", object))
                .prompt("what?")
                .image(answered.image())
                .build();

        assertThat(OutcomeImage.of(custom, IMAGE).boxes())
                .containsExactly(
                        new LabelledBox("left", new PixelBox(20, 20.5, 100, 80)),
                        new LabelledBox("what?", new PixelBox(20, 20.5, 100, 80)));
    }

    @Test
    void labelsBoxesWithoutPhrasesWithTheQuestion() {
        AnnotatedImage drawn = image("refer", "the red ball", null, "{<10><20><50><80>}");
        assertThat(drawn.boxes()).containsExactly(new LabelledBox("the red ball", new PixelBox(20, 20, 100, 80)));
        assertThat(drawn.caption()).isEqualTo("the red ball: 1 box");
    }

    @Test
    void drawsTheBoxThatWasAskedAbout() {
        PixelBox box = new PixelBox(20, 20, 100, 80);
        AnnotatedImage drawn = image("identify", "", box, "a red ball");
        assertThat(drawn.boxes()).extracting(LabelledBox::box).containsExactly(box);
        assertThat(drawn.caption()).isEqualTo("a red ball");
    }
}
