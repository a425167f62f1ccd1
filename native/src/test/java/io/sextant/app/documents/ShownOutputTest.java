package io.sextant.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShownOutputTest {
    private static List<String> lines(String text) {
        return text == null ? List.of() : List.of(text.split("/"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,a/b,true",
        "a/b,a/c,false",
        "a,a/b,false",
        "a/.../d,a/b/c/d,true",
        "a/.../d,a/d,true",
        "a/.../d,a,false",
        "a/.../d,a/b/c,false",
        "t \u2026 ms,t 12 ms,true",
        "t \u2026 ms,t 12 s,false",
        "(x+,(x+,true"
    })
    void isHeldAgainstWhatWasPrinted(String shown, String printed, boolean isSame) {
        assertThat(new ShownOutput(lines(shown)).shows(lines(printed))).isEqualTo(isSame);
    }

    @ParameterizedTest
    @CsvSource({"a/b,a/c/d,a/c/d", "a/.../d,x/y/z,x/.../z", "t \u2026 ms/b,t 12 ms/c,t \u2026 ms/c"})
    void takesTheSameSelectionOfAnotherOutput(String shown, String printed, String fresh) {
        List<String> updated = new ShownOutput(lines(shown)).updated(lines(printed));
        assertThat(updated).isEqualTo(lines(fresh));
        assertThat(new ShownOutput(updated).shows(lines(printed))).isTrue();
    }
}
