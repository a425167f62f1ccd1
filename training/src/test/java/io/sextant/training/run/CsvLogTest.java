package io.sextant.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
    @TempDir
    private Path folder;

    @Test
    void goesOnBehindWholeRowsOfEarlierSteps() throws IOException {
        String torn = "step,loss\n0,3.5\n1\n1,2.5\n\u0000\u00ff\u0000\n2,1.5\n3,";
        Path file = Files.write(folder.resolve("log.csv"), torn.getBytes(StandardCharsets.ISO_8859_1));
        try (CsvLog log = CsvLog.open(file, "step,loss", 2)) {
            log.add("%d,%.1f", 2, 1.25);
        }
        assertThat(file).hasContent("step,loss\n0,3.5\n1,2.5\n2,1.3\n");
    }

    @Test
    void theOldLogIsThereUntilTheNewOneIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), "step,loss\n0,3.5\n1,2.5\n");
        Path other = Files.createLink(folder.resolve("other.csv"), file);
        CsvLog.open(file, "step,loss", 1).close();
        assertThat(file).hasContent("step,loss\n0,3.5\n");
        // What is written in place changes under each of its names.
        assertThat(other).hasContent("step,loss\n0,3.5\n1,2.5\n");
    }
}
