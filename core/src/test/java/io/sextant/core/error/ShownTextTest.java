package io.sextant.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTextTest {
    @Test
    void showsAShortTextWhole() {
        assertThat(ShownText.of("grün")).isEqualTo("grün");
        assertThat(ShownText.of("x".repeat(40))).isEqualTo("x".repeat(40));
        assertThat(ShownText.of("")).isEmpty();
    }

    @Test
    void showsTheBeginningOfALongOne() {
        assertThat(ShownText.of("x".repeat(41))).isEqualTo("x".repeat(40) + "…");
        assertThat(ShownText.of("abcdef", 3)).isEqualTo("abc…");
    }

    @Test
    void cutsNoCharacterInTwo() {
        assertThat(ShownText.of("a\uD83D\uDE00b", 2)).isEqualTo("a…");
        assertThat(ShownText.of("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00…");
    }

    @Test
    void staysOnOneLineAndSteersNoTerminal() {
        assertThat(ShownText.of("a\nERROR all is lost\u001b[2J")).isEqualTo("a\uFFFDERROR all is lost\uFFFD[2J");
    }
}
