package io.sextant.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    @Test
    void knowsThatADeviceIsFull() throws IOException {
        try (PrintStream full = new PrintStream(new FileOutputStream("/dev/full"))) {
            PrintWriter writer = Terminal.writer(full);
            writer.println("an answer");
            assertThat(writer.checkError()).isTrue();
        }
    }
}
