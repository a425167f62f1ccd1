package io.sextant.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The rule: one caller asks only so often, and is told when to come back. */
final class ClientRateTest {
    private static final long SECOND = 1_000_000_000L;

    /** As {@link System#nanoTime} may be. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * SECOND);

    private final ClientRate rate = new ClientRate(3, now::get);

    @Test
    void letsEachCallerAskSoManyAtOnceAndNoMore() {
        for (int i = 0; i < 3; i++) {
            assertThat(rate.secondsToWait("anna")).isZero();
        }
        assertThat(rate.secondsToWait("anna")).isEqualTo(20);
        assertThat(rate.secondsToWait("berta")).isZero();
    }

    @Test
    void letsInAgainWhoComesBackWhenTold() {
        for (int i = 0; i < 3; i++) {
            rate.secondsToWait("anna");
        }
        now.addAndGet(8 * SECOND);
        assertThat(rate.secondsToWait("anna")).isEqualTo(12);
        now.addAndGet(12 * SECOND);
        assertThat(rate.secondsToWait("anna")).isZero();
        assertThat(rate.secondsToWait("anna")).isEqualTo(20);
    }

    @Test
    void remembersNobodyForLong() {
        for (int i = 0; i < 1000; i++) {
            rate.secondsToWait("caller " + i);
        }
        assertThat(rate.callers()).isEqualTo(1000);
        now.addAndGet(61 * SECOND);
        rate.secondsToWait("anna");
        assertThat(rate.callers()).isEqualTo(1);
    }

    @Test
    void countsNothingWithoutALimit() {
        ClientRate unlimited = new ClientRate(null, now::get);
        for (int i = 0; i < 1000; i++) {
            assertThat(unlimited.secondsToWait("anna")).isZero();
        }
        assertThat(unlimited.callers()).isZero();
    }
}
