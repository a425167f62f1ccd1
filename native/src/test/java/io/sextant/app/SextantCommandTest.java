package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SextantCommandTest {
    @TempDir
    private Path folder;

    private final CommandLineHarness sextant = CommandLineHarness.withoutModel();

    @Test
    void saysWhichVerbsThereAre() {
        assertThat(sextant.run("--help")).isZero();
        assertThat(sextant.out())
                .contains("ask", "run", "model", "tasks", "demo", "Exit codes")
                .contains("scenes ", "train ", "evaluate ");
    }

    @Test
    void saysItsVersion() {
        assertThat(sextant.run("--version")).isZero();
        assertThat(sextant.out()).containsPattern("Sextant \\d+\\.\\d+").doesNotContain("${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frobnicate", "--frobnicate", "run --config /no/such/file", "model", "model random"})
    void tellsWrongUse(String commandLine) {
        Object[] words = commandLine.isEmpty() ? new Object[0] : commandLine.split(" ");
        assertThat(sextant.run(words)).isEqualTo(2);
        assertThat(sextant.out()).isEmpty();
        assertThat(sextant.err()).contains("sextant: ").contains("--help").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "--version", "tasks", "tasks --json", "model inspect --json", "model inspect /none"})
    void tellsThatStandardOutputTakesNothing(String commandLine) {
        Object[] words = commandLine.split(" ");
        assertThat(sextant.runIntoFullOutput(words)).isEqualTo(1);
        assertThat(sextant.err()).contains("Standard output cannot be written").hasLineCount(1);
    }

    @Test
    void looksIntoTheEmbeddedModelWhereNoFolderIsNamed() {
        assertThat(sextant.run("model", "inspect")).isZero();
        assertThat(sextant.out())
                .contains("sextant-embedded", "Usable")
                .containsPattern("int4 with its int8 copy \\(sextant.model.int8-copy\\) takes \\d\\S* [KM]iB more");
        assertThat(sextant.run("model", "inspect", "--json")).isZero();
        assertThat(sextant.out()).containsOnlyOnce("int8CopyBytes");
    }

    @Test
    void measuresEveryPrecisionWhereThatIsAskedFor() throws Exception {
        RandomModel.write(folder, RandomModelSize.tiny(), 7);
        assertThat(sextant.run("model", "inspect", folder, "--measure"))
                .as(sextant.err())
                .isZero();
        assertThat(sextant.out())
                .containsPattern(
                        "(?s)measured on this machine.*float32 .* positions/s .* tokens/s.*int4 .* tokens/s.*Usable");
        assertThat(sextant.run("model", "inspect", folder, "--measure", "--json"))
                .isZero();
        JsonNode measured = new JsonMapper().readTree(sextant.out()).get("measured");
        assertThat(measured.findValuesAsText("precision"))
                .containsExactly("float32", "bfloat16", "float16", "int8", "int4");
        assertThat(measured)
                .allSatisfy(each ->
                        assertThat(each.get("tokensPerSecond").asDouble()).isPositive());
        assertThat(sextant.run("model", "inspect", "/no/such", "--measure")).isEqualTo(1);
        assertThat(sextant.out()).contains("does not exist").doesNotContain("measured");
    }

    @Test
    void saysOnlyWhatIsKnownOfAFolderThatIsNotThere() {
        assertThat(sextant.run("model", "inspect", "/no/such")).isEqualTo(1);
        assertThat(sextant.out()).contains("/no/such does not exist").doesNotContain("nowhere", "such in");
        assertThat(sextant.run("model", "inspect", "/no/such", "--json")).isEqualTo(1);
        assertThat(sextant.out()).doesNotContain("nowhere", "sizesFrom");
    }

    @Test
    void tellsErrorsInWords() {
        String full = "Too many open files";
        assertThat(demoOf(new ExceptionInInitializerError(new FileSystemException("libtorch.so", null, full))))
                .contains("sextant: libtorch.so: " + full)
                .doesNotContain("\tat ");
        assertThat(demoOf(new OutOfMemoryError("Java heap space")))
                .contains("Out of memory", "-Xmx4g")
                .doesNotContain("\tat ");
    }

    private String demoOf(Error failure) {
        CommandLineHarness demo = new CommandLineHarness((settings, progress) -> {
            throw failure;
        });
        assertThat(demo.run("demo", "--out", folder, "--model", folder)).isEqualTo(1);
        return demo.err();
    }

    @Test
    void tellsWhatTheFileSystemRefusesInWords() throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));
        CommandLineHarness demo = new CommandLineHarness((settings, progress) -> FakeVisionLanguageModel.answering(""));
        assertThat(demo.run("demo", "--out", file, "--model", folder)).isNotZero();
        assertThat(demo.err()).contains(file.toString()).doesNotContain("Exception");
    }

    @Test
    void listsTheTasks() {
        assertThat(sextant.run("tasks")).isZero();
        assertThat(sextant.out().lines().skip(1).map(line -> line.substring(0, line.indexOf(' '))))
                .contains("caption", "chat", "detection", "grounding", "identify", "refer", "vqa");
    }

    @Test
    void describesTheTasksForPrograms() throws Exception {
        assertThat(sextant.run("tasks", "--json")).isZero();
        JsonNode tasks = new ObjectMapper().readTree(sextant.out()).path("tasks");
        assertThat(tasks.findValuesAsText("name")).contains("caption", "read-each");
        assertThat(tasks)
                .allSatisfy(task ->
                        assertThat(task.at("/resultSchema/$schema").asText()).endsWith("2020-12/schema"));
    }
}
