package io.sextant.tasks.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.box.PixelBox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void meansTheSameAsAPropertiesFile() throws IOException {
        write("mood.yaml", "template: what mood?\nanswers: good, bad\nimage: optional\n");

        assertThat(read().get(0).task().answers()).containsExactly("good", "bad");
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
