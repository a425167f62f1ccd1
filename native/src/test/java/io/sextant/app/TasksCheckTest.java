package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declared tasks in files, and {@code tasks check}. */
final class TasksCheckTest {
    private final CommandLineHarness sextant =
            new CommandLineHarness((settings, progress) -> FakeVisionLanguageModel.answering("No."));

    @TempDir
    private Path folder;

    private Path configuration;

    @BeforeEach
    void configure() throws IOException {
        CommandLineHarness.image(folder.resolve("tasks"), "kitchen.png");
        configuration = folder.resolve("my.properties");
        Files.writeString(configuration, "sextant.plugins.tasks=" + folder.resolve("tasks"));
    }

    @Test
    void listsADeclaredTaskOfAFile() throws IOException {
        presence("");

        assertThat(sextant.run("tasks", "--config", configuration)).isZero();
        assertThat(sextant.out()).containsPattern("presence +yes +yes +- +presence: Says whether a thing is there");
    }

    @Test
    void tellsWhichExamplesAreRight() throws IOException {
        presence("""
                examples:
                  - image: kitchen.png
                    prompt: a whale
                    answer: no
                """);

        assertThat(check()).isZero();
        assertThat(sextant.out()).containsPattern("presence +ok +kitchen.png +a whale +no\n");
    }

    @Test
    void asksWithTheExamplesHeaders() throws IOException {
        Files.writeString(folder.resolve("tasks/colour@2.yaml"), """
                template: is it {header.colour}?
                headers: [colour]
                answers: [yes, no]
                examples:
                  - image: kitchen.png
                    headers:
                      colour: red
                    answer: no
                  - image: kitchen.png
                    answer: no
                """);

        assertThat(check()).isEqualTo(1);
        assertThat(sextant.out())
                .containsPattern("colour@2 +ok +kitchen.png +no\n")
                .containsPattern("colour@2 +WRONG +kitchen.png .*reads the header \"colour\"");
    }

    @Test
    void tellsWhatIsWrongAndAsksTheOthers() throws IOException {
        presence("""
                examples:
                  - image: kitchen.png
                    prompt: a cup
                    answer: yes
                  - image: missing.png
                    prompt: a cup
                    answer: yes
                  - image: kitchen.png
                    prompt: a whale
                    answer: NO
                """);

        assertThat(check()).isEqualTo(1);
        assertThat(sextant.out())
                .containsPattern("WRONG +kitchen.png +a cup +expected \"yes\", was \"no\"")
                .containsPattern("WRONG +missing.png +a cup .*missing.png")
                .containsPattern("ok +kitchen.png +a whale +no\n");
    }

    @Test
    void saysWhereThereIsNothingToAsk() throws IOException {
        presence("");

        assertThat(check()).isZero();
        assertThat(sextant.err()).contains("no example").contains("sextant.plugins.tasks");
    }

    @Test
    void refusesAWrongFileByLineAndKey() throws IOException {
        presence("shap: number\n");

        assertThat(check()).isEqualTo(2);
        assertThat(sextant.err()).contains("presence.yaml, line 5, shap").contains("did you mean shape?");
    }

    private int check() {
        return sextant.run("tasks", "check", "--config", configuration, "--model", folder);
    }

    private void presence(String more) throws IOException {
        Files.writeString(folder.resolve("tasks/presence.yaml"), """
                identifier: vqa
                template: "is there {prompt}?"
                answers: [yes, no]
                summary: Says whether a thing is there.
                """ + more);
    }
}
