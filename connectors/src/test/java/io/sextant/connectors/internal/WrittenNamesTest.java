package io.sextant.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "photos/a.jpg.caption.json",
                "a.jpg.vqa-2.json",
                "a.jpg.reason.json",
                "orders/0/17.message",
                "orders/0/17.message.reason.json",
                "replayed/orders/0/17.message",
                "newfolder/",
                "newfolder_$folder$"
            })
    void knowsWhatNobodyMeansAsAnImage(String name) {
        assertThat(WrittenNames.isWritten(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "a.json", "a.jpg.caption.png", "message", "a.message.jpg", "folder/a"})
    void leavesOtherNamesToTheirContent(String name) {
        assertThat(WrittenNames.isWritten(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {".a.jpg", "photos/.a.jpg", ".trash/a.jpg"})
    void knowsHiddenNames(String name) {
        assertThat(WrittenNames.isHidden(name)).isTrue();
        assertThat(WrittenNames.isHidden("photos/a.b.jpg")).isFalse();
        assertThat(WrittenNames.isHidden("up/../away/./b.jpg")).isFalse();
    }
}
