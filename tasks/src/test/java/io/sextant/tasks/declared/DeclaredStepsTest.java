package io.sextant.tasks.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.spi.StepBudget;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of several steps that need no Java. */
class DeclaredStepsTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "a".repeat(64), 200, 400, 1, new byte[3 * 200 * 400]);
    private static final String SHORT = "[vqa] Based on the image, respond to this question with a short answer: ";
    private static final List<DeclaredStep> COLOURS = List.of(
            DeclaredStep.of("things", "detection", "{prompt}"),
            DeclaredStep.of("colour", "vqa", "what colour is the {things}?").at("things"),
            DeclaredStep.of("new", "vqa", "is the {colour} {things} new?").at("things"),
            DeclaredStep.of("scene", "caption", ""));

    private final FakeVisionLanguageModel model = new FakeVisionLanguageModel(request -> {
        String question = FakeVisionLanguageModel.write(request.turns().get(0).question());
        if (question.startsWith("[detection]")) {
            return "<p>cup</p> {<0><0><10><10>}<delim>{<50><50><60><60>}";
        }
        if (question.startsWith("[caption]")) {
            return "two cups";
        }
        boolean isFirst = request.images().get(0).name().contains("[0,0,");
        return question.contains("colour") ? (isFirst ? "red" : "blue") : isFirst ? "yes" : "no";
    });

    @Test
    void asksAtEachBoxAndNamesWhatEarlierStepsFoundThere() {
        TaskOutcome outcome = run(task(COLOURS, "", null), "cups");

        assertThat(questions())
                .containsExactly(
                        "[detection] cups",
                        "[caption] briefly describe this image",
                        SHORT + "what colour is the cup?",
                        SHORT + "what colour is the cup?",
                        SHORT + "is the red cup new?",
                        SHORT + "is the blue cup new?");
        assertThat(outcome.text()).isEqualTo("two cups");
        TaskResult.Custom found = (TaskResult.Custom) outcome.result();
        assertThat(found.schemaId()).isEqualTo("sextant-steps-v1");
        assertThat(found.object()).containsEntry("things", Map.of("text", "cup"));
        assertThat(OutcomeImage.of(outcome, IMAGE).boxes())
                .extracting(box -> box.label() + " " + box.box().yMax())
                .containsExactlyInAnyOrder("cup: red 40.0", "cup: blue 240.0", "cup: yes 40.0", "cup: no 240.0");
    }

    @Test
    void whatIsFoundFollowsItsSchema() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream file = DeclaredSteps.class.getResourceAsStream("/META-INF/sextant/steps-v1.schema.json")) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(mapper.readTree(file));
            List<DeclaredStep> steps = List.of(
                    COLOURS.get(0), COLOURS.get(1), DeclaredStep.of("others", "detection", "others"), COLOURS.get(3));
            TaskResult.Custom found =
                    (TaskResult.Custom) run(task(steps, "", null), "cups").result();

            assertThat(schema.validate(mapper.valueToTree(found.object()))).isEmpty();
            assertThat(mapper.valueToTree(found.object())
                            .at("/others/boxes/1/label")
                            .asText())
                    .isEqualTo("cup");
            assertThat(schema.validate(mapper.readTree("{\"a\": {\"text\": \"\", \"items\": [{}]}}")))
                    .isNotEmpty();
        }
    }

    @Test
    void aStepsAnswersCanBeTheTypedResult() {
        TaskOutcome outcome = run(task(COLOURS, "{things} are {colour}", "colour"), "cups");

        assertThat(outcome.text()).isEqualTo("cup are red, blue");
        TaskResult.Phrases phrases = (TaskResult.Phrases) outcome.result();
        assertThat(phrases.phrases())
                .extracting(phrase ->
                        phrase.text() + " " + phrase.boxes().get(0).pixels().xMin())
                .containsExactly("cup: red 0.0", "cup: blue 100.0");
        assertThat(run(task(COLOURS, "", "scene"), "cups").result()).isEqualTo(new TaskResult.Caption("two cups"));
    }

    @ParameterizedTest
    @CsvSource({
        "BOX, identify, {<100><10><100><20>}",
        "BOX, identify, {<0><10><0><20>}",
        "BOX, identify, {<10><100><20><100>}",
        "BOX, identify, {<10><0><20><0>}",
        "PART, vqa, {<100><100><100><100>}",
    })
    void asksAtABoxThatTheModelWroteOntoAnEdge(DeclaredStep.Look look, String ask, String box) {
        FakeVisionLanguageModel model = new FakeVisionLanguageModel(request ->
                FakeVisionLanguageModel.write(request.turns().get(0).question()).startsWith("[detection]")
                        ? "<p>cup</p> " + box
                        : "a cup");
        DeclaredSteps task = task(
                List.of(
                        DeclaredStep.of("things", "detection", "{prompt}"),
                        new DeclaredStep("name", ask, "what is it?", "things", look, 0.1, 16)),
                "{name}",
                null);

        assertThat(new ModelTaskRunner(model, TaskRegistries.discover(Map.of(), List.of(task)))
                        .run("mine", TaskInput.about(IMAGE, "cups"))
                        .text())
                .isEqualTo("a cup");
    }

    @Test
    void asksAtTheRequestsOwnBox() {
        List<DeclaredStep> steps = List.of(
                DeclaredStep.of("here", "vqa", "what colour is it?").at("box"),
                new DeclaredStep("name", "identify", "", "box", DeclaredStep.Look.BOX, 0.1, 16));
        DeclaredSteps task = task(steps, "{here}", null);

        TaskOutcome outcome = runner(task)
                .run(
                        "mine",
                        TaskInput.builder(IMAGE)
                                .box(new PixelBox(0, 0, 100, 100))
                                .build());

        assertThat(outcome.text()).isEqualTo("red");
        assertThat(questions().get(1)).contains("{<0><0><50><25>}");
        assertThatThrownBy(() -> run(task, "")).hasMessageContaining("needs a box");
    }

    @Test
    void whatFindsNothingIsFollowedByNothing() {
        FakeVisionLanguageModel silent = FakeVisionLanguageModel.answering("");
        List<DeclaredStep> steps = List.of(
                DeclaredStep.of("things", "detection", "{prompt}"),
                DeclaredStep.of("colour", "vqa", "which?").at("things"),
                DeclaredStep.of("more", "detection", "{things}"));

        TaskOutcome outcome = new ModelTaskRunner(
                        silent, TaskRegistries.discover(Map.of(), List.of(task(steps, "", "colour"))))
                .run("mine", TaskInput.about(IMAGE, "cups"));

        assertThat(silent.requests()).hasSize(1);
        assertThat(outcome.text()).isEqualTo("none");
        assertThat(outcome.result()).isEqualTo(new TaskResult.Phrases("", List.of(), List.of()));
    }

    @Test
    void asksNoMoreThanItSays() {
        String many = "<p>cup</p> "
                + IntStream.range(0, 30)
                        .mapToObj(i -> "{<" + i + "><0><" + (i + 9) + "><9>}")
                        .collect(Collectors.joining("<delim>"));
        FakeVisionLanguageModel crowded = new FakeVisionLanguageModel(request ->
                FakeVisionLanguageModel.write(request.turns().get(0).question()).startsWith("[detection]")
                        ? many
                        : "red");
        DeclaredSteps task = DeclaredSteps.of("mine", COLOURS.subList(0, 2));

        TaskOutcome outcome = new ModelTaskRunner(crowded, TaskRegistries.discover(Map.of(), List.of(task)))
                .run("mine", TaskInput.about(IMAGE, "cups"));

        assertThat(crowded.requests()).hasSize(17);
        assertThat(new ObjectMapper()
                        .valueToTree(((TaskResult.Custom) outcome.result()).object())
                        .at("/colour/leftOut")
                        .asInt())
                .isEqualTo(14);
    }

    @Test
    void theIdChangesWithEveryPartOfTheDefinition() {
        String id = run(task(COLOURS, "", null), "cups").id();

        assertThat(run(task(COLOURS, "", null), "cups").id()).isEqualTo(id);
        assertThat(run(task(COLOURS, "", "colour"), "cups").id()).isNotEqualTo(id);
        assertThat(run(task(COLOURS, "{scene}", null), "cups").id()).isNotEqualTo(id);
        assertThat(run(task(COLOURS.subList(0, 3), "", null), "cups").id()).isNotEqualTo(id);
    }

    @Test
    void refusesToAskWhatIsNotThereAndABudgetThatIsTooSmall() {
        assertThatThrownBy(() -> runner(DeclaredSteps.of("mine", List.of(DeclaredStep.of("a", "no-such", "")))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the declared task \"mine\"")
                .hasMessageContaining("[no-such]");
        assertThatThrownBy(() -> runner(DeclaredSteps.of("mine", List.of(DeclaredStep.of("a", "read-each", "x")))))
                .hasMessageContaining("several steps themselves");
        StepBudget small = new StepBudget(2, 16, 100, Duration.ofSeconds(9));
        assertThatThrownBy(() -> new DeclaredSteps("mine", COLOURS, "", null, null, List.of(), small, ""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("budget.steps: 2 is less than the 34 questions");
    }

    private static DeclaredSteps task(List<DeclaredStep> steps, String text, @Nullable String result) {
        return new DeclaredSteps("mine", steps, text, result, null, List.of(), DeclaredSteps.needed(steps), "");
    }

    private TaskOutcome run(DeclaredSteps task, String prompt) {
        return runner(task).run("mine", TaskInput.about(IMAGE, prompt));
    }

    private ModelTaskRunner runner(DeclaredSteps task) {
        return new ModelTaskRunner(model, TaskRegistries.discover(Map.of(), List.of(task)));
    }

    private List<String> questions() {
        return model.requests().stream()
                .map(request ->
                        FakeVisionLanguageModel.write(request.turns().get(0).question()))
                .toList();
    }
}
