package io.sextant.core.internal.schedule;

import io.sextant.core.Timings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Adds up how long the parts of one request take. */
final class Stopwatch {
    /** The parts of a request. */
    enum Part {
        ENCODE,
        PREFILL,
        DECODE
    }

    private final LongSupplier nanoTime;
    private final Map<Part, Duration> totals = new EnumMap<>(Part.class);
    private long start;

    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** The time since the last lap belongs to this part. */
    void lap(Part part) {
        long now = nanoTime.getAsLong();
        totals.merge(part, Duration.ofNanos(now - start), Duration::plus);
        start = now;
    }

    Timings timings() {
        return new Timings(of(Part.ENCODE), of(Part.PREFILL), of(Part.DECODE));
    }

    private Duration of(Part part) {
        return totals.getOrDefault(part, Duration.ZERO);
    }
}
