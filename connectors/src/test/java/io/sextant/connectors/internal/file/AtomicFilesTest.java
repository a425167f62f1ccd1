package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void namesTheFileThatCannotBeWritten() {
        Path file = folder.resolve("missing").resolve("a.json");

        assertThatThrownBy(() -> AtomicFiles.write(file, new byte[1]))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void namesBothPlacesOfAFileThatCannotBeMoved() throws IOException {
        Path from = Files.writeString(folder.resolve("from"), "content");
        Path to = folder.resolve("missing").resolve("to");

        assertThatThrownBy(() -> AtomicFiles.move(from, to))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining(from.toString())
                .hasMessageContaining(to.toString());
        assertThat(from).exists();
    }
}
