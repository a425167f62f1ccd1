package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rule: one caller has only so many questions open. */
final class ClientLimitTest {
    private final ClientLimit limit = new ClientLimit(2);

    @Test
    void holdsEachCallerForItself() {
        assertThat(limit.enter("anna")).isTrue();
        assertThat(limit.enter("anna")).isTrue();
        assertThat(limit.enter("anna")).isFalse();
        assertThat(limit.enter("berta")).isTrue();
    }

    @Test
    void letsInAgainWhoHasLeft() {
        limit.enter("anna");
        limit.enter("anna");
        limit.leave("anna");
        assertThat(limit.enter("anna")).isTrue();
        assertThat(limit.enter("anna")).isFalse();
    }
}
