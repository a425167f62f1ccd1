package io.sextant.connectors;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Times at which a source looks for images, as Quartz, Camel and Quarkus write them: second, minute, hour, day of the month, month, day of
 * the week, and a year if there is one: {@code 0 30 2 * * ?} is half past two each night. In the time zone of the machine.
 */
public final class CronTimes {
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    private final String text;
    private final ExecutionTime times;

    private CronTimes(String text, Cron cron) {
        this.text = text;
        this.times = ExecutionTime.forCron(cron);
    }

    /** @throws IllegalArgumentException saying what cannot be read, and how it is written */
    public static CronTimes parse(String text) {
        try {
            return new CronTimes(text, PARSER.parse(text).validate());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cron=" + text + " cannot be read (" + e.getMessage() + "); write second, minute, hour, day of the"
                            + " month, month and day of the week, for instance 0 30 2 * * ? for half past two each night",
                    e);
        }
    }

    /** How long it is until the next time after this one; empty if there is none. */
    public Optional<Duration> untilNext(ZonedDateTime now) {
        return times.nextExecution(now.truncatedTo(ChronoUnit.SECONDS)).map(next -> Duration.between(now, next));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronTimes times && times.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
