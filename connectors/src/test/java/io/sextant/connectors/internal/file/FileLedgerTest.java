package io.sextant.connectors.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.internal.SteppedClock;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileLedgerTest {
    private static final Path FILE = Path.of("a.jpg");

    private final SteppedClock clock = new SteppedClock();
    private final FileLedger ledger =
            new FileLedger(clock, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(12));

    @Test
    void takesAnOldFileAtOnce() {
        assertThat(ledger.isDue(FILE, stamp(10, SteppedClock.START.minusSeconds(2))))
                .isTrue();
    }

    @Test
    void waitsUntilAFreshFileHasBeenLeftAlone() {
        assertThat(ledger.isDue(FILE, stamp(10, SteppedClock.START))).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ledger.isDue(FILE, stamp(10, SteppedClock.START))).isFalse();
        assertThat(ledger.isDue(FILE, stamp(20, clock.instant()))).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ledger.isDue(FILE, stamp(20, SteppedClock.START.plusSeconds(1))))
                .isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ledger.isDue(FILE, stamp(20, SteppedClock.START.plusSeconds(1))))
                .isTrue();
    }

    @Test
    void takesAFileFromTheFutureOnceItStandsStill() {
        FileStamp future = stamp(10, SteppedClock.START.plusSeconds(1_000_000));

        assertThat(ledger.isDue(FILE, future)).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(ledger.isDue(FILE, future)).isTrue();
    }

    @Test
    void takesAFileThatIsDoneWithOnlyOnceItHasChanged() {
        FileStamp stamp = stamp(10, SteppedClock.START.minusSeconds(9));
        ledger.done(FILE, stamp);

        clock.advance(Duration.ofSeconds(1000));
        assertThat(ledger.isDue(FILE, stamp)).isFalse();
        assertThat(ledger.isDue(FILE, stamp(11, SteppedClock.START.minusSeconds(9))))
                .isTrue();
    }

    @Test
    void waitsLongerAfterEveryFailureUpToTheLongestPause() {
        FileStamp stamp = stamp(10, SteppedClock.START.minusSeconds(9));

        assertThat(ledger.failures(FILE, stamp)).isZero();
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(5));
        assertThat(ledger.isDue(FILE, stamp)).isFalse();
        clock.advance(Duration.ofSeconds(4));
        assertThat(ledger.isDue(FILE, stamp)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ledger.isDue(FILE, stamp)).isTrue();
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(10));
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(12));
        assertThat(ledger.postpone(FILE, stamp)).isEqualTo(Duration.ofSeconds(12));
        assertThat(ledger.failures(FILE, stamp)).isEqualTo(4);
    }

    @Test
    void countsFailuresAnewForANewContent() {
        ledger.postpone(FILE, stamp(10, SteppedClock.START));

        assertThat(ledger.failures(FILE, stamp(11, SteppedClock.START))).isZero();
    }

    private static FileStamp stamp(long size, Instant modified) {
        return new FileStamp(size, FileTime.from(modified), null);
    }
}
