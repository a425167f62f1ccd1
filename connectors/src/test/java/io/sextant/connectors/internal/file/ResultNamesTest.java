package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.InvalidImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultNamesTest {
    @Test
    void keepsTheExtensionOfTheImage() {
        assertThat(ResultNames.json("sub/a.jpg", "vqa-2")).isEqualTo("sub/a.jpg.vqa-2.json");
        assertThat(ResultNames.drawing("a.png", "dogs")).isEqualTo("a.png.dogs.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.jpg.caption.json", "a.vqa-2.json", "x.jpg.reason.json", ".sextant-12-3.tmp", "a\nb.x.json"})
    void knowsWhatSextantWrites(String name) {
        assertThat(ResultNames.isWritten(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "a.json", "a.b.png", ".sextant-x.tmp", "a.Caption!.json", ".caption.json"})
    void leavesOtherNamesToTheirContent(String name) {
        assertThat(ResultNames.isWritten(name)).isFalse();
    }

    @Test
    void refusesAImageWhoseResultsWouldHaveTooLongANameInBytes() {
        assertThat(ResultNames.json("sub/" + "ü".repeat(120) + ".jpg", "dog")).endsWith(".dog.json");
        assertThatThrownBy(() -> ResultNames.json("ü".repeat(122) + ".jpg", "dog"))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("257 bytes");
    }
}
