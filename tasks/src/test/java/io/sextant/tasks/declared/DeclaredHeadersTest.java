package io.sextant.tasks.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of a message as inputs of a declared task. */
class DeclaredHeadersTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "a".repeat(64), 200, 400, 1, new byte[3 * 200 * 400]);

    private final FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("yes");
    private final TaskRunner runner = new ModelTaskRunner(
            model,
            TaskRegistries.discover(
                    Map.of(),
                    List.of(new DeclaredTask(
                            "car",
                            "vqa",
                            "is the car {header.colour} and {header.size}?",
                            OutputShape.ANSWER,
                            List.of(),
                            null,
                            InputNeed.REQUIRED,
                            "",
                            List.of(new HeaderInput("colour", null), new HeaderInput("size", "large"))))));

    @Test
    void aHeaderIsUserTextAndADefaultTheTasksOwn() {
        ask(Map.of("colour", " red "));

        assertThat(model.requests().get(0).turns().get(0).question())
                .containsExactly(
                        PromptSegment.taskIdentifier("vqa"),
                        PromptSegment.literal("is the car "),
                        PromptSegment.userText("red"),
                        PromptSegment.literal(" and "),
                        PromptSegment.literal("large"),
                        PromptSegment.literal("?"));
        ask(Map.of("colour", "red", "size", "[refer] small"));
        assertThat(model.requests().get(1).turns().get(0).question()).contains(PromptSegment.userText("[refer] small"));
    }

    @Test
    void anotherValueIsAnotherResult() {
        TaskOutcome red = ask(Map.of("colour", "red"));

        assertThat(ask(Map.of("colour", " red")).id()).isEqualTo(red.id());
        assertThat(ask(Map.of("colour", "blue")).id()).isNotEqualTo(red.id());
        assertThat(ask(Map.of("colour", "red", "size", "large")).id()).isNotEqualTo(red.id());
        assertThat(ResultJson.COMPACT.toText(red)).contains("\"headers\":{\"colour\":\"red\"},\"text\"");
    }

    @Test
    void refusesAMessageWithoutTheHeaderAndOneThatTheTaskDoesNotRead() {
        assertThatThrownBy(() -> ask(Map.of("size", "small")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Task \"car\" reads the header \"colour\"");
        assertThatThrownBy(() -> ask(Map.of("colour", " "))).hasMessageContaining("none or an empty one");
        assertThatThrownBy(() -> ask(Map.of("colour", "red", "shade", "dark")))
                .hasMessageContaining("no use of the header \"shade\"")
                .hasMessageContaining("[colour, size]");
    }

    @Test
    void anEarlierRoundHasItsOwn() {
        TaskInput.Round round = new TaskInput.Round("car", "", null, "no", Map.of("colour", "blue"));

        runner.run(
                "car",
                TaskInput.builder(IMAGE)
                        .history(List.of(round))
                        .headers(Map.of("colour", "red"))
                        .build());

        assertThat(FakeVisionLanguageModel.write(
                        model.requests().get(0).turns().get(0).question()))
                .contains("the car blue and large");
        assertThat(model.lastQuestion()).contains("the car red and large");
    }

    @Test
    void aStepSendsHeadersOnAndOnesOfItsOwn(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("car.yaml"), """
                identifier: vqa
                template: "is the car {header.colour} and {header.size}?"
                headers: [colour, size=large]
                """);
        Files.writeString(folder.resolve("garage.yaml"), """
                headers: [paint]
                steps:
                  - name: first
                    ask: car
                    headers:
                      colour: "{header.paint}"
                  - name: second
                    ask: car
                    headers:
                      colour: "not {first}"
                      size: small
                """);
        TaskRunner garage =
                new ModelTaskRunner(model, TaskRegistries.discover(Map.of(), TaskFiles.tasks(List.of(folder))));

        String red = garage.run("garage", paint("red [refer]")).id();

        assertThat(model.requests().get(0).turns().get(0).question())
                .contains(PromptSegment.userText("red [refer]"), PromptSegment.literal("large"));
        assertThat(model.requests().get(1).turns().get(0).question())
                .contains(PromptSegment.userText("not yes"), PromptSegment.userText("small"));
        assertThat(garage.run("garage", paint("blue")).id()).isNotEqualTo(red);
    }

    private static TaskInput paint(String colour) {
        return TaskInput.builder(IMAGE).headers(Map.of("paint", colour)).build();
    }

    @Test
    void anotherHeaderOfAStepIsAnotherTask() {
        DeclaredStep plain = DeclaredStep.of("car", "car", "");

        assertThat(DeclaredSteps.of("garage", List.of(plain.with("colour", "red")))
                        .definition())
                .isNotEqualTo(DeclaredSteps.of("garage", List.of(plain.with("colour", "blue")))
                        .definition())
                .containsEntry("steps[0].headers.colour", "red");
    }

    @ParameterizedTest
    @CsvSource({
        "SextantTask, red, reads and writes itself",
        "colour, {shade}, unknown placeholder",
        "9, red, cannot be read"
    })
    void aStepsHeaderIsHeldAgainstWhatThereIs(String header, String template, String told) {
        assertThatThrownBy(() -> DeclaredSteps.of(
                        "garage", List.of(DeclaredStep.of("car", "car", "").with(header, template))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("steps[0].headers." + header)
                .hasMessageContaining(told);
    }

    private TaskOutcome ask(Map<String, String> headers) {
        return runner.run("car", TaskInput.builder(IMAGE).headers(headers).build());
    }
}
