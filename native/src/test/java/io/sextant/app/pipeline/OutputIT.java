package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.app.PackagedProgram;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers into what a shell puts in place of a file: they go through it, and it is there afterwards. */
final class OutputIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        DemoImages.drop("owls.png", folder.resolve("a.png"));
    }

    @Test
    void writesIntoAnotherProcess() throws Exception {
        shell("--json >(cat >seen.json); wait $!");

        assertThat(new JsonMapper()
                        .readTree(folder.resolve("seen.json").toFile())
                        .path("task")
                        .asText())
                .isEqualTo("caption");
    }

    @Test
    void drawsIntoAnotherProcess() throws Exception {
        shell("--draw >(cat >seen.png); wait $!");

        assertThat(Files.readAllBytes(folder.resolve("seen.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void writesToADescriptorAndKeepsTheFileBehindIt() throws Exception {
        Files.createFile(folder.resolve("behind"));
        Object before = Files.readAttributes(folder.resolve("behind"), BasicFileAttributes.class)
                .fileKey();

        shell("--json /dev/fd/3 3>behind");

        assertThat(folder.resolve("behind")).content().contains("\"caption\"");
        assertThat(Files.readAttributes(folder.resolve("behind"), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"--json, /dev/null", "--draw, /dev/null", "--json, /dev/stdout", "--json, /dev/stderr"})
    void leavesDevicesWhatTheyAre(String option, String device) throws Exception {
        shell(option + " " + device);

        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    /** Asks for a caption in a shell. */
    private void shell(String options) throws Exception {
        String program = String.join(" ", PackagedProgram.command());
        try (Program shell = Program.start(
                folder,
                Map.of(),
                List.of("bash", "-ec"),
                program + " ask a.png --model model --task caption --max-new-tokens 2 " + options)) {
            assertThat(shell.exitCode()).as(shell.log()).isZero();
        }
    }
}
