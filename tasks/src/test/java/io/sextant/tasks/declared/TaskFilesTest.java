package io.sextant.tasks.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.box.PixelBox;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.StepBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFilesTest {
    @TempDir
    private Path folder;

    private final List<String> problems = new ArrayList<>();

    @Test
    void readsATaskAndItsExamples() throws IOException {
        write("presence.yaml", """
                \uFEFF# Is a thing there?
                identifier: vqa
                template: "is there {prompt}?"
                answers: [yes, no]
                summary: >
                  Says whether a thing
                  is there.
                examples:
                  - image: images/sheep.jpg
                    prompt: an ice cream
                    answer: no
                  - image: /images/cup.jpg
                    prompt: a cup
                    box: 1,2,30,40
                    boxes: 2
                """);

        TaskFile file = read().get(0);

        assertThat(problems).isEmpty();
        assertThat(file.task())
                .isEqualTo(DeclaredTask.of("presence", "is there {prompt}?")
                        .withIdentifier("vqa")
                        .withAnswers(List.of("yes", "no"))
                        .withSummary("Says whether a thing is there.\n"));
        assertThat(file.examples())
                .containsExactly(
                        new TaskExample(folder.resolve("images/sheep.jpg"), "an ice cream", null, "no", null),
                        new TaskExample(Path.of("/images/cup.jpg"), "a cup", new PixelBox(1, 2, 30, 40), null, 2));
    }

    @Test
    void readsAFolderByNameAndNothingElseInIt() throws IOException {
        write("b.yml", "template: b?");
        write("a.yaml", "template: a?");
        write("notes.txt", "template: c?");

        assertThat(read()).extracting(file -> file.task().name()).containsExactly("a", "b");
    }

    @Test
    void readsHeadersAndAVersion() throws IOException {
        write("colour.yaml", """
                version: 3
                template: "is {prompt} {header.colour} and {header.size}?"
                headers: [colour, size=large]
                examples:
                  - prompt: it
                    headers:
                      colour: red
                    answer: yes
                """);

        TaskFile file = read().get(0);

        assertThat(problems).isEmpty();
        assertThat(file.task().name()).isEqualTo("colour@3");
        assertThat(((DeclaredTask) file.task()).headers())
                .containsExactly(new HeaderInput("colour", null), new HeaderInput("size", "large"));
        assertThat(file.examples().get(0).headers()).isEqualTo(Map.of("colour", "red"));
    }

    @Test
    void theFilesNameMaySayTheVersion() throws IOException {
        write("colour@2.yaml", "template: which?");
        write("day@2.yaml", "version: 2\ntemplate: day?");

        assertThat(read()).extracting(file -> file.task().name()).containsExactly("colour@2", "day@2");
    }

    @Test
    void readsSteps() throws IOException {
        write("colours.yaml", """
                steps:
                  - name: things
                    ask: detection
                    prompt: "{prompt}"
                  - name: colour
                    ask: vqa
                    at: things
                    margin: 0.3
                    most: 4
                    prompt: "what colour is the {things}?"
                  - ask: identify
                    at: box
                    look: box
                result: colour
                text: "{things}: {colour}"
                budget:
                  steps: 9
                  tokens: 300
                  time: 30s
                """);

        TaskFile file = read().get(0);

        assertThat(problems).isEmpty();
        assertThat(file.task())
                .isEqualTo(new DeclaredSteps(
                        "colours",
                        List.of(
                                DeclaredStep.of("things", "detection", "{prompt}"),
                                new DeclaredStep(
                                        "colour",
                                        "vqa",
                                        "what colour is the {things}?",
                                        "things",
                                        DeclaredStep.Look.PART,
                                        0.3,
                                        4),
                                new DeclaredStep("identify", "identify", "", "box", DeclaredStep.Look.BOX, 0.1, 16)),
                        "{things}: {colour}",
                        "colour",
                        null,
                        List.of(),
                        new StepBudget(9, 4, 300, Duration.ofSeconds(30)),
                        ""));
        assertThat(file.unknownTasks(Set.of("detection", "vqa")))
                .singleElement()
                .asString()
                .contains("colours.yaml, line 11, steps[2].ask: There is no task \"identify\"; did you mean");
    }

    @Test
    void meansTheSameAsAPropertiesFile() throws IOException {
        write("mood.yaml", "template: what mood?\nanswers: good, bad\nimage: optional\n");

        assertThat(read().get(0).task())
                .isEqualTo(DeclaredTask.of("mood", "what mood?")
                        .withAnswers(List.of("good", "bad"))
                        .withImageNeed(InputNeed.OPTIONAL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "template: day?\\nshap: number | line 2, shap: There is no such key; did you mean shape?",
                "template: day?\\n\\nshape: round | line 3, shape: \"round\" must be one of [text,",
                "template: day {colour}? | line 1, template: It has the unknown placeholder {colour}",
                "template: day?\\nanswers:\\n  - yes\\n  - 'Yes!' | line 2, answers: \"Yes!\" is there already",
                "template: day?\\nanswers:\\n  - yes\\n  - [no] | line 4, answers[1]: It must be one value.",
                "template: day?\\ndefault-prompt: now | line 2, default-prompt: The template has no {prompt}",
                "template: day?\\ntemplate: night? | line 2, template: The key is there twice",
                "template: day?\\nsummary: | line 2, summary: It has no value",
                "template: day?\\nanswers: [yes | It is malformed YAML",
                "just words | It must be a list of keys",
                "'' | It must be a list of keys",
                "template: day?\\n---\\ntemplate: night? | It is malformed YAML",
                "template: day?\\nexamples: none | line 2, examples: It must be a list",
                "template: day?\\nexamples:\\n  - image: a.jpg | line 3, examples[0]: An example says which \"answer\"",
                "template: day?\\nexamples:\\n  - images: a.jpg\\n    answer: a | line 3, examples[0].images: There is no such key",
                "template: day?\\nexamples:\\n  - box: 1,2\\n    answer: a | line 3, examples[0]:",
                "template: day?\\nversion: two | line 2, version: \"two\" must be a whole number",
                "template: day {header.hour}? | line 1, template: It has {header.hour}, and the header is not declared",
                "template: day?\\nheaders: [hour] | line 2, headers: \"hour\" is read by nothing; write {header.hour}",
                "template: day {header.h}?\\nheaders:\\n  - h\\n  - h=1 | line 2, headers: \"h\" is there twice",
                "template: day {header.h}?\\nheaders: [h, SextantTask] | line 2, headers: \"SextantTask\" is a header that Sextant",
                "template: day {header.h}?\\nheaders: ['h='] | line 2, headers: \"h=\" has no words",
                "steps: [] | line 1, steps: There is none",
                "steps:\\n  - ask: vqa\\n  - vqa | line 3, steps[1]: It must be a list of keys",
                "steps:\\n  - prompt: a | line 2, steps[0].ask: It is missing",
                "steps:\\n  - ask: vqa\\n    promt: a | line 3, steps[0].promt: There is no such key; did you mean prompt or most?",
                "steps:\\n  - ask: vqa\\n    prompt: '{a}' | line 3, steps[0].prompt: It has the unknown placeholder {a}",
                "steps:\\n  - ask: vqa\\n    at: cups | line 3, steps[0].at: \"cups\" is no earlier step",
                "steps:\\n  - ask: vqa\\n    at: box\\n    look: near | line 4, steps[0].look: \"near\" must be one of [part, box]",
                "steps:\\n  - ask: vqa\\n    name: Box | line 3, steps[0].name: \"Box\" cannot be used",
                "steps:\\n  - ask: vqa\\n  - ask: vqa | line 3, steps[1].name: \"vqa\" is an earlier step's name",
                "steps:\\n  - ask: vqa\\n    margin: wide | line 3, steps[0].margin: \"wide\" must be a number in 0..10",
                "steps:\\n  - ask: vqa\\ntemplate: a | line 3, template: There is no such key of a task in several steps",
                "steps:\\n  - ask: vqa\\nresult: a | line 3, result: \"a\" is no step; the steps are [vqa]",
                "steps:\\n  - ask: vqa\\ntext: '{a}' | line 3, text: It has the unknown placeholder {a}",
                "steps:\\n  - ask: vqa\\nbudget:\\n  steps: 0 | line 4, budget.steps: \"0\" must be a whole number of at least 1",
                "steps:\\n  - ask: vqa\\nbudget:\\n  time: soon | line 4, budget.time: \"soon\" must be a time",
                "steps:\\n  - ask: a\\n  - ask: b\\n    at: a\\nbudget:\\n  parts: 9 | line 6, budget.parts: 9 is less than the 16 parts",
                "template: day?\\nexamples:\\n  - boxes: two | line 3, examples[0]: \"boxes\" must be a whole number",
            })
    void tellsWhatIsWrongByLineAndKey(String text, String told) throws IOException {
        write("day.yaml", text.replace("\\n", "\n"));

        assertThat(read()).isEmpty();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith(folder + "/day.yaml")
                .contains(told);
    }

    @Test
    void tellsAllThatIsWrongAndOfAFileThatIsNone() throws IOException {
        write("a.yaml", "shap: a\nimages: no\n");
        Files.write(folder.resolve("b.yaml"), "template: caf\u00e9?".getBytes(StandardCharsets.ISO_8859_1));

        TaskFiles.read(List.of(folder, folder.resolve("c.yaml"), folder.resolve("d.json")), problems::add);

        assertThat(problems)
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("a.yaml, line 2, images"),
                        problem -> assertThat(problem).contains("a.yaml, line 1, shap"),
                        problem -> assertThat(problem).contains("b.yaml: It is not written in UTF-8"),
                        problem -> assertThat(problem).contains("c.yaml: There is no such file"),
                        problem -> assertThat(problem).contains("d.json is no file of a declared task"));
    }

    private List<TaskFile> read() {
        return TaskFiles.read(List.of(folder), problems::add);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
