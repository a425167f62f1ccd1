package io.sextant.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest(name = "U+{0}")
    @ValueSource(strings = {"0000", "007f", "0085", "0090", "009b", "2028", "2029", "202a", "202e", "2066", "2069"})
    void steersNobodyThatReadsIt(String point) {
        String steering = String.valueOf((char) Integer.parseInt(point, 16));
        assertThat(ShownText.of("gpj." + steering + "exe")).isEqualTo("gpj.\uFFFDexe");
    }

    @Test
    void leavesWhatWordsAreWrittenWith() {
        String words = "\u05D0\u200E a\u200D\u0301 \u0645\u200C \u00A0\uD83D\uDE00";
        assertThat(ShownText.of(words)).isEqualTo(words);
    }

    @Test
    void staysOnOneLineAndSteersNoTerminal() {
        assertThat(ShownText.of("a\nERROR all is lost\u001b[2J")).isEqualTo("a\uFFFDERROR all is lost\uFFFD[2J");
    }
}
