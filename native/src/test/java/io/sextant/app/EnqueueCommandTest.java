package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the verb says where there is nothing it could send; sending itself is tested with a broker. */
final class EnqueueCommandTest {
    private static final String TO = "kafka:photos?brokers=127.0.0.1:1";

    private final CommandLineHarness line = CommandLineHarness.withoutModel();

    @TempDir
    private Path folder;

    private Path state;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(folder.resolve("in"));
        Files.writeString(folder.resolve("in/notes.txt"), "no image");
        state = folder.resolve("state");
    }

    @ParameterizedTest
    @CsvSource({
        "--min-bytes, -1, -1",
        "--max-bytes, many, --max-bytes",
        "--since, yesterday, --since yesterday",
        "--until, 2026-13-01, --until 2026-13-01",
        "--rate, 0, --rate 0",
        "--name, {*, {*",
        "--none, x, --none",
    })
    void namesAnOptionThatCannotBeUsed(String option, String value, String named) {
        int exitCode = line.run("enqueue", "file:" + folder.resolve("in"), "--to", TO, "--state", state, option, value);
        assertThat(exitCode).isEqualTo(2);
        assertThat(line.err()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({
        "file:none, kafka:photos?brokers=127.0.0.1:1, none",
        "kafka:photos, kafka:photos?brokers=127.0.0.1:1, kafka:",
        "ftp:photos, kafka:photos?brokers=127.0.0.1:1, ftp:",
        "file:., file:out, file:",
        "file:., kafka:photos, brokers",
        "s3:photos?none=1, kafka:photos?brokers=127.0.0.1:1, none",
    })
    void namesAPlaceThatCannotBeUsed(String archive, String topic, String named) {
        int exitCode = line.run("enqueue", archive, "--to", topic, "--state", state);
        assertThat(exitCode).as(line.err()).isEqualTo(2);
        assertThat(line.err()).contains(named);
    }

    @Test
    void needsATopic() {
        assertThat(line.run("enqueue", "file:" + folder)).isEqualTo(2);
        assertThat(line.err()).contains("--to");
    }

    @Test
    void countsWhatIsNotChosenAndKeepsNoStateAtTheEnd() {
        int exitCode = line.run("enqueue", "file:" + folder.resolve("in"), "--to", TO, "--state", state);
        assertThat(exitCode).as(line.err()).isZero();
        assertThat(line.out()).contains("Sent: 0, not chosen: 1.").doesNotContain("brokers");
        assertThat(state).doesNotExist();
    }

    @Test
    void countsTheArchiveBeforeWhereThatIsWanted() {
        int exitCode = line.run("enqueue", "file:" + folder.resolve("in"), "--to", TO, "--state", state, "--count");
        assertThat(exitCode).as(line.err()).isZero();
        assertThat(line.out()).contains("There are 1 to look at.", "Sent: 0, not chosen: 1.");
    }

    @Test
    void goesOnWithItsOwnStateAloneAndToldSo() throws IOException {
        Files.writeString(state, "command=another\nsent=5\nleft-out=0\n");
        assertThat(line.run("enqueue", "file:" + folder.resolve("in"), "--to", TO, "--state", state))
                .isEqualTo(2);
        assertThat(line.err()).contains("--state " + state, "another command");

        Path place = folder.resolve("in");
        Files.writeString(
                state,
                "command=file\\:" + place + " to kafka\\:photos " + io.sextant.connectors.archive.ImageFilter.ALL
                        + "\nafter=m.jpg\nsent=5\nleft-out=2\n");
        assertThat(line.run("enqueue", "file:" + place, "--to", TO, "--state", state))
                .as(line.err())
                .isZero();
        assertThat(line.out()).contains("Going on behind m.jpg", "Sent: 5, not chosen: 3.");
    }
}
