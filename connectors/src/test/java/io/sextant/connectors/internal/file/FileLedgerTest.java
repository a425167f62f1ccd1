package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FileLedgerTest {
    private static final Path FILE = Path.of("a.jpg");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SteppedClock clock = new SteppedClock();
    private final FileLedger ledger =
            new FileLedger(clock, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(12));

    @Test
    void takesAnOldFileAtOnce() {
        assertThat(ledger.isDue(FILE, stamp(10, START.minusSeconds(2)))).isTrue();
    }

    @Test
    void waitsUntilAFreshFileHasBeenLeftAlone() {
        assertThat(ledger.isDue(FILE, stamp(10, START))).isFalse();
        clock.advance(1);
        assertThat(ledger.isDue(FILE, stamp(10, START))).isFalse();
        assertThat(ledger.isDue(FILE, stamp(20, clock.instant()))).isFalse();
        clock.advance(1);
        assertThat(ledger.isDue(FILE, stamp(20, START.plusSeconds(1)))).isFalse();
        clock.advance(1);
        assertThat(ledger.isDue(FILE, stamp(20, START.plusSeconds(1)))).isTrue();
    }

    @Test
    void takesAFileFromTheFutureOnceItStandsStill() {
        FileStamp future = stamp(10, START.plusSeconds(1_000_000));

        assertThat(ledger.isDue(FILE, future)).isFalse();
        clock.advance(2);
        assertThat(ledger.isDue(FILE, future)).isTrue();
    }

    @Test
    void takesAFileThatIsDoneWithOnlyOnceItHasChanged() {
        FileStamp stamp = stamp(10, START.minusSeconds(9));
        ledger.done(FILE, stamp);

        clock.advance(1000);
        assertThat(ledger.isDue(FILE, stamp)).isFalse();
        assertThat(ledger.isDue(FILE, stamp(11, START.minusSeconds(9)))).isTrue();
    }

    @Test
    void waitsLongerAfterEveryFailureUpToTheLongestPause() {
        FileStamp stamp = stamp(10, START.minusSeconds(9));

        assertThat(ledger.failures(FILE, stamp)).isZero();
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(5));
        assertThat(ledger.isDue(FILE, stamp)).isFalse();
        clock.advance(4);
        assertThat(ledger.isDue(FILE, stamp)).isFalse();
        clock.advance(1);
        assertThat(ledger.isDue(FILE, stamp)).isTrue();
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(10));
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(12));
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(12));
        assertThat(ledger.failures(FILE, stamp)).isEqualTo(4);
    }

    @Test
    void countsFailuresAnewForANewContent() {
        ledger.postpone(FILE, stamp(10, START));

        assertThat(ledger.failures(FILE, stamp(11, START))).isZero();
    }

    private static FileStamp stamp(long size, Instant modified) {
        return new FileStamp(size, FileTime.from(modified), null);
    }

    private static final class SteppedClock extends Clock {
        private Instant now = START;

        void advance(long seconds) {
            now = now.plusSeconds(seconds);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
