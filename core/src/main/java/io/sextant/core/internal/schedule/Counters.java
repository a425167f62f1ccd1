package io.sextant.core.internal.schedule;

import java.util.concurrent.atomic.LongAdder;

/** What has happened since the model was opened. Thread-safe. */
final class Counters {
    final LongAdder imagePasses = new LongAdder();
    final LongAdder promptPositions = new LongAdder();
    final LongAdder answerTokens = new LongAdder();
    final LongAdder steps = new LongAdder();
    final LongAdder stepNanos = new LongAdder();
    final LongAdder imageNanos = new LongAdder();
    final LongAdder completed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder failed = new LongAdder();
}
