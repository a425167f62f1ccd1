package io.sextant.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetLedgerTest {
    private final OffsetLedger ledger = new OffsetLedger();

    @Test
    void commitsNothingBeforeTheFirstRecordIsDone() {
        ledger.admit(7);
        ledger.admit(8);
        ledger.done(8);

        assertThat(ledger.committable()).isEmpty();
    }

    @Test
    void commitsUpToTheFirstRecordThatIsNotDone() {
        for (long offset = 7; offset < 12; offset++) {
            ledger.admit(offset);
        }
        ledger.done(7);
        ledger.done(8);
        ledger.done(10);

        assertThat(ledger.committable()).hasValue(9);
        assertThat(ledger.open()).isEqualTo(2);
    }

    @Test
    void commitsBehindTheLastRecordWhenAllAreDoneAcrossGaps() {
        ledger.admit(3);
        ledger.admit(10);
        ledger.done(10);
        ledger.done(3);

        assertThat(ledger.committable()).hasValue(11);
    }

    @Test
    void commitsThePositionBehindWhatIsNoRecordWhileNothingIsOpen() {
        ledger.admit(3);
        ledger.position(9);
        assertThat(ledger.committable()).isEmpty();

        ledger.done(3);
        ledger.position(9);
        assertThat(ledger.committable()).hasValue(9);
        ledger.committed(9);
        ledger.position(9);
        assertThat(ledger.committable()).isEmpty();
    }

    @Test
    void commitsThePositionWhereNoRecordEverCame() {
        ledger.position(0);
        assertThat(ledger.committable()).isEmpty();
        ledger.position(2);
        assertThat(ledger.committable()).hasValue(2);
    }

    @Test
    void doesNotCommitTheSamePositionTwice() {
        ledger.admit(3);
        ledger.done(3);
        ledger.committed(4);

        assertThat(ledger.committable()).isEmpty();
    }

    @Test
    void refusesAnOffsetThatDoesNotRise() {
        ledger.admit(3);

        assertThat(ledger.isPast(3)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.admit(3));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverCommitsPastAnOpenRecordInWhateverOrderTheyFinish(long seed) {
        Random random = new Random(seed);
        List<Long> open = new ArrayList<>();
        long offset = random.nextInt(1000);
        for (int i = 0; i < 200; i++) {
            offset += 1 + (random.nextInt(10) == 0 ? random.nextInt(5) : 0);
            ledger.admit(offset);
            open.add(offset);
        }
        Collections.shuffle(open, random);
        long last = -1;
        while (!open.isEmpty()) {
            ledger.done(open.remove(open.size() - 1));
            OptionalLong position = ledger.committable();
            if (position.isPresent()) {
                assertThat(position.getAsLong()).isGreaterThan(last);
                assertThat(open).allSatisfy(left -> assertThat(left).isGreaterThanOrEqualTo(position.getAsLong()));
                last = position.getAsLong();
                ledger.committed(last);
            }
        }
        assertThat(last).isEqualTo(offset + 1);
    }
}
