package io.sextant.connectors.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SourceStateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SourceState state = new SourceState("not asked yet");

    @Test
    void isToldOnceAMinuteThatItIsDown() {
        int told = 0;
        for (int second = 0; second < 180; second++) {
            told += state.down(second % 2 == 0 ? "no connection" : "refused", START.plusSeconds(second)) ? 1 : 0;
        }
        assertThat(told).isEqualTo(3);
        assertThat(state.problem()).isEqualTo("refused");
    }

    @Test
    void isToldOnceAMinuteWhereItWorksForAMomentInBetween() {
        int told = 0;
        state.up();
        for (int second = 0; second < 120; second++) {
            told += state.up() ? 1 : 0;
            told += state.down("forbidden", START.plusSeconds(second)) ? 1 : 0;
        }
        assertThat(told).as("two lines a minute, one for each way").isEqualTo(4);
    }

    @Test
    void isToldThatItIsUpAgainWhereItWasToldThatItIsDown() {
        assertThat(state.up()).as("for the first time").isTrue();
        assertThat(state.up()).isFalse();
        state.down("gone", START);
        assertThat(state.isDown()).isTrue();
        assertThat(state.up()).isTrue();
        assertThat(state.problem()).isNull();
    }
}
