package io.sextant.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessMemoryMeterTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatLinuxTells() throws Exception {
        Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\nVmHWM:\t  900 kB\nVmRSS:\t  512 kB\n");
        assertThat(new ProcessMemoryMeter(status).residentBytes()).isEqualTo(512 * 1024);
    }

    @Test
    void knowsNothingElsewhere() throws Exception {
        assertThat(new ProcessMemoryMeter(folder.resolve("none")).residentBytes())
                .isNaN();
        assertThat(new ProcessMemoryMeter(Files.writeString(folder.resolve("other"), "x")).residentBytes())
                .isNaN();
    }
}
