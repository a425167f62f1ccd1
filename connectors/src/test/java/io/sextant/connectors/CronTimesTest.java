package io.sextant.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {
    @ParameterizedTest
    @CsvSource({
        "0 30 2 * * ?, 2026-11-29T02:00:00Z, PT30M",
        "0 30 2 * * ?, 2026-11-29T02:30:00Z, PT24H",
        "0 30 2 * * ?, 2026-10-25T02:00:00+02:00[Europe/Berlin], PT30M",
        "0/10 * * * * ?, 2026-11-29T02:00:01Z, PT9S",
        "* * * * * ?, 2026-11-29T02:00:00.750Z, PT0.25S",
        "0 0 6 ? * MON, 2026-11-29T06:00:00Z, PT24H",
    })
    void tellsHowLongItIsUntilTheNext(String text, String now, String pause) {
        assertThat(CronTimes.parse(text).untilNext(ZonedDateTime.parse(now))).contains(Duration.parse(pause));
    }

    @Test
    void knowsWhereThereIsNone() {
        assertThat(CronTimes.parse("0 0 0 1 1 ? 2020").untilNext(ZonedDateTime.parse("2026-11-29T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "every night", "30 2 * * *", "61 * * * * ?", "* * * * *", "0 0 25 * * ?"})
    void saysHowTimesAreWritten(String text) {
        assertThatThrownBy(() -> CronTimes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cron=" + text + " cannot be read (")
                .hasMessageEndingWith("for instance 0 30 2 * * ? for half past two each night");
    }
}
