package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelInfo;
import io.sextant.core.RefinedSpan;
import io.sextant.core.Share;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.box.RefinedBox;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.confidence.ConfidenceCurve;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTaskRunnerTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "ab".repeat(32), 200, 100, 6, new byte[200 * 100 * 3]);

    private final FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("a cat");
    private final TaskRunner runner = new ModelTaskRunner(model, TaskRegistries.discover());

    @Test
    void answersAndSaysWhatItIsAbout() {
        TaskOutcome outcome = runner.run("vqa", TaskInput.about(IMAGE, "  what is it? "));

        assertThat(outcome.task()).isEqualTo("vqa");
        assertThat(outcome.prompt()).isEqualTo("what is it?");
        assertThat(outcome.text()).isEqualTo("a cat");
        assertThat(outcome.result()).isInstanceOfSatisfying(TaskResult.Answer.class, answer -> {
            assertThat(answer.text()).isEqualTo("a cat");
            assertThat(answer.confidence()).isBetween(0.899, 0.901);
        });
        assertThat(outcome.image()).isEqualTo(new TaskOutcome.ImageReference("a.png", "ab".repeat(32), 200, 100, 6));
        assertThat(outcome.promptTokens()).isEqualTo(300);
        assertThat(outcome.generatedTokens()).isEqualTo(5);
        assertThat(outcome.id()).matches("[0-9a-f]{64}");
    }

    @Test
    void writesEachEarlierRoundThroughItsOwnTask() {
        List<Round> history = List.of(
                new Round("caption", "", null, "a cat on a mat"),
                new Round("identify", "", new PixelBox(0, 0, 100, 100), "a mat"));

        runner.run(
                "chat", TaskInput.builder(IMAGE).history(history).prompt("why?").build());

        assertThat(model.requests().get(0).turns())
                .extracting(turn -> FakeVisionLanguageModel.write(turn.question()) + " -> " + turn.answer())
                .containsExactly(
                        "[caption] briefly describe this image -> a cat on a mat",
                        "[identify] what is this {<0><0><50><100>} -> a mat",
                        "why? -> null");
    }

    @ParameterizedTest
    @CsvSource({
        "refer, '', false, true, 'needs a prompt'",
        "caption, '', false, false, 'needs an image'",
        "caption, '', true, true, 'makes no use of a box'",
        "identify, '', false, true, 'needs a box'",
        "chat, '', false, false, 'needs a prompt'",
        "sing, 'la', false, true, 'known are [caption, chat, detection, grounding, identify, read-each, refer, verified-caption, vqa'",
    })
    void refusesInputThatDoesNotFitTheTask(
            String task, String prompt, boolean withBox, boolean withImage, String message) {
        TaskInput input = TaskInput.builder(withImage ? IMAGE : null)
                .prompt(prompt)
                .box(withBox ? new PixelBox(0, 0, 10, 10) : null)
                .build();

        assertThatThrownBy(() -> runner.run(task, input))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void refusesABoxOutsideTheImage() {
        TaskInput input =
                TaskInput.builder(IMAGE).box(new PixelBox(300, 0, 400, 50)).build();

        assertThatThrownBy(() -> runner.run("identify", input))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("lies outside the image of 200x100 pixels");
    }

    @Test
    void chatsWithoutAImage() {
        TaskOutcome outcome =
                runner.run("chat", TaskInput.builder(null).prompt("hello").build());

        assertThat(outcome.image()).isNull();
        assertThat(outcome.result()).isEqualTo(new TaskResult.Text("a cat"));
        assertThat(model.requests().get(0).images()).isEmpty();
    }

    @Test
    void saysWhatConfidencesAreWorthWhereTheModelTells() {
        ConfidenceCurve curve = new ConfidenceCurve(0.5, 1);
        FakeVisionLanguageModel grounded =
                FakeVisionLanguageModel.answering("<p>a cat</p> {<10><20><30><40>} on a mat");
        TaskRunner calibrated = ModelTaskRunner.builder(grounded, TaskRegistries.discover())
                .calibration(new ConfidenceCalibration(
                        "", Map.of("grounding", Map.of(AnswerPart.PHRASE, curve, AnswerPart.BOX, curve))))
                .build();

        TaskResult.Phrases phrases = (TaskResult.Phrases)
                calibrated.run("grounding", TaskInput.about(IMAGE, "")).result();
        TaskResult.Phrases raw = (TaskResult.Phrases) calibrated
                .run(
                        "grounding",
                        TaskInput.builder(IMAGE)
                                .settings(GenerationSettings.DEFAULT.withConstrained(false))
                                .build())
                .result();

        double worth = curve.apply(FakeVisionLanguageModel.PROBABILITY);
        assertThat(phrases.phrases().get(0).confidence()).isCloseTo(worth, within(1e-9));
        assertThat(phrases.phrases().get(0).boxes().get(0).confidence()).isCloseTo(worth, within(1e-9));
        assertThat(raw.phrases().get(0).confidence()).isCloseTo(FakeVisionLanguageModel.PROBABILITY, within(1e-9));
    }

    @Test
    void takesFinerEdgesWhereTheModelTellsThemAndKeepsTheNumbersWritten() {
        String text = "{<10><20><30><40>}";
        RefinedBox refined = new RefinedBox(10.5, 20, 29.25, 40);
        TaskRunner runner = new ModelTaskRunner(
                new VisionLanguageModel() {
                    @Override
                    public ModelInfo info() {
                        return model.info();
                    }

                    @Override
                    public CompletionStage<GenerationResult> submit(GenerationRequest request) {
                        return CompletableFuture.completedFuture(GenerationResult.builder(text)
                                .promptTokens(1)
                                .refinedBoxes(List.of(new RefinedSpan(0, text.length(), refined)))
                                .build());
                    }

                    @Override
                    public void close() {}
                },
                TaskRegistries.discover());

        TaskResult.Boxes boxes = (TaskResult.Boxes)
                runner.run("refer", TaskInput.about(IMAGE, "the cat")).result();

        assertThat(boxes.boxes()).singleElement().satisfies(box -> {
            assertThat(box.bins()).isEqualTo(new BinBox(10, 20, 30, 40));
            assertThat(box.pixels()).isEqualTo(new PixelBox(21, 20, 58.5, 40));
        });
    }

    @Test
    void endsARequestThatIsGivenUp() {
        CompletableFuture<GenerationResult> asked = new CompletableFuture<>();
        TaskRunner waiting = new ModelTaskRunner(
                new VisionLanguageModel() {
                    @Override
                    public ModelInfo info() {
                        return model.info();
                    }

                    @Override
                    public CompletionStage<GenerationResult> submit(GenerationRequest request) {
                        return asked;
                    }

                    @Override
                    public void close() {}
                },
                TaskRegistries.discover());

        waiting.submit("caption", TaskInput.about(IMAGE, ""))
                .toCompletableFuture()
                .cancel(false);

        assertThat(asked).isCancelled();
    }

    @Test
    void tellsTheModelWhoseShareItIsAndUntilWhenTheAnswerIsOfUse() {
        Instant deadline = Instant.parse("2100-01-01T00:00:00Z");
        runner.run(
                "caption",
                TaskInput.builder(IMAGE)
                        .share(Share.of("bulk"))
                        .deadline(deadline)
                        .build());

        assertThat(model.requests().get(0).share()).isEqualTo(Share.of("bulk"));
        assertThat(model.requests().get(0).deadline()).isEqualTo(deadline);
    }

    @Test
    void answersSeveralCallsInTheirOrderWhateverTheirSettings() {
        TaskInput brief = TaskInput.builder(IMAGE)
                .settings(GenerationSettings.DEFAULT.withMaxNewTokens(5))
                .build();
        List<TaskCall> calls = List.of(
                new TaskCall("caption", TaskInput.about(IMAGE, "")),
                new TaskCall("grounding", brief),
                new TaskCall("detection", TaskInput.about(IMAGE, "cats")));

        List<TaskOutcome> outcomes = runner.runAll(calls);

        assertThat(outcomes).extracting(TaskOutcome::task).containsExactly("caption", "grounding", "detection");
        assertThat(outcomes)
                .extracting(TaskOutcome::id)
                .containsExactlyElementsOf(calls.stream()
                        .map(call -> runner.run(call.task(), call.input()).id())
                        .toList());
    }
}
