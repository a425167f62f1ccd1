package io.sextant.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdFileRepositoryTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("photos.ids");
    }

    @Test
    void remembersWhatAnEarlierProcessAddedWithoutBeingStopped() throws IOException {
        IdFileRepository dying = open(10);
        assertThat(dying.add("a")).isTrue();
        assertThat(dying.add("b")).isTrue();
        assertThat(dying.add("a")).isFalse();
        Path copy = folder.resolve("copy.ids");
        Files.copy(file, copy);

        IdFileRepository next = new IdFileRepository(copy, 10);
        next.start();

        assertThat(next.contains("a")).isTrue();
        assertThat(next.contains("b")).isTrue();
        assertThat(next.contains("c")).isFalse();
        next.stop();
        dying.stop();
    }

    @Test
    void takesALineThatWasCutOffForNotWritten() throws IOException {
        Files.writeString(file, "whole\nhal");

        IdFileRepository repository = open(10);
        repository.add("next");

        assertThat(repository.contains("whole")).isTrue();
        assertThat(repository.contains("hal")).isFalse();
        assertThat(file).hasContent("whole\nnext\n");
        repository.stop();
    }

    @Test
    void dropsTheOldestBeyondItsBoundAndKeepsTheFileSmall() throws IOException {
        IdFileRepository repository = open(4);
        for (int i = 0; i < 103; i++) {
            repository.add("id-" + i);
            assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(8).contains("id-" + i);
        }

        assertThat(repository.contains("id-98")).isFalse();
        assertThat(repository.contains("id-99")).isTrue();
        repository.stop();
        IdFileRepository again = open(4);
        assertThat(again.contains("id-98")).isFalse();
        assertThat(again.contains("id-99")).isTrue();
        again.stop();
    }

    @Test
    void forgetsWhatIsRemoved() throws IOException {
        IdFileRepository repository = open(4);
        repository.add("a");
        repository.add("b");

        assertThat(repository.remove("a")).isTrue();
        assertThat(repository.remove("a")).isFalse();

        assertThat(file).hasContent("b\n");
        repository.clear();
        assertThat(repository.contains("b")).isFalse();
        repository.stop();
    }

    @Test
    void goesOnAfterAThreadThatWroteWasInterrupted() throws IOException {
        IdFileRepository repository = open(4);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> repository.add("a")).hasMessageContaining("cannot be written");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(repository.contains("a")).isFalse();
        assertThat(repository.add("a")).isTrue();
        assertThat(file).hasContent("a\n");
        repository.stop();
    }

    @Test
    void addsNothingToALineThatWasWrittenInPart() throws IOException {
        IdFileRepository repository = open(4);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> repository.add("lost")).hasMessageContaining("cannot be written");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        // As a disk leaves it that is full.
        Files.writeString(file, "lo", StandardOpenOption.APPEND);

        repository.add("next");

        assertThat(file).hasContent("next\n");
        repository.stop();
    }

    @Test
    void refusesAFileThatIsInUse() {
        IdFileRepository first = open(4);

        assertThatThrownBy(() -> open(4))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("idempotent=file:" + file)
                .hasMessageContaining("in use by another pipeline or process");
        first.stop();
        open(4).stop();
    }

    @Test
    void refusesAFileThatIsNotItsOwn() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xd8, 10}, StandardOpenOption.CREATE);

        assertThatThrownBy(() -> open(4))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("one of Sextant's");
        assertThat(file).hasBinaryContent(new byte[] {(byte) 0xff, (byte) 0xd8, 10});
    }

    private IdFileRepository open(int most) {
        IdFileRepository repository = new IdFileRepository(file, most);
        repository.start();
        return repository;
    }
}
