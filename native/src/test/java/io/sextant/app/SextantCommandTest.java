package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SextantCommandTest {
    private final CommandLineHarness sextant = new CommandLineHarness((settings, progress) -> {
        throw new AssertionError("No model is needed for this");
    });

    @Test
    void saysWhichVerbsThereAre() {
        assertThat(sextant.run("--help")).isZero();
        assertThat(sextant.out()).contains("ask", "run", "model", "tasks", "demo", "Exit codes");
    }

    @Test
    void saysItsVersion() {
        assertThat(sextant.run("--version")).isZero();
        assertThat(sextant.out()).containsPattern("Sextant \\d+\\.\\d+").doesNotContain("${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frobnicate", "--frobnicate", "run --config /no/such/file", "model", "model inspect"})
    void tellsWrongUse(String commandLine) {
        Object[] words = commandLine.isEmpty() ? new Object[0] : commandLine.split(" ");
        assertThat(sextant.run(words)).isEqualTo(2);
        assertThat(sextant.out()).isEmpty();
        assertThat(sextant.err()).contains("sextant: ").contains("--help").doesNotContain("\tat ");
    }

    @Test
    void listsTheTasks() {
        assertThat(sextant.run("tasks")).isZero();
        assertThat(sextant.out().lines().skip(1).map(line -> line.substring(0, line.indexOf(' '))))
                .contains("caption", "chat", "detection", "grounding", "identify", "refer", "vqa");
    }
}
