package io.sextant.core.internal.schedule;

import io.sextant.core.ModelStatistics;
import io.sextant.core.internal.cache.PrefixCache;
import java.time.Duration;

/** What only the thread of the loop can count, as of one moment, for others to read. */
record Standing(
        int running,
        int blocks,
        int blockPositions,
        int freeBlocks,
        int sharedBlocks,
        int beginnings,
        long hits,
        long misses,
        long evictions) {
    static Standing of(int running, PrefixCache cache) {
        return new Standing(
                running,
                cache.pool().capacity(),
                cache.pool().blockSize(),
                cache.pool().free(),
                cache.pool().shared(),
                cache.size(),
                cache.hits(),
                cache.misses(),
                cache.evictions());
    }

    /** All that is told of a model: this, and what has happened so far. */
    ModelStatistics with(Counters counters, int waiting, long pendingBytes) {
        return new ModelStatistics(
                running,
                waiting,
                blocks,
                blockPositions,
                freeBlocks,
                sharedBlocks,
                beginnings,
                hits,
                misses,
                evictions,
                counters.imagePasses.sum(),
                counters.promptPositions.sum(),
                counters.answerTokens.sum(),
                counters.steps.sum(),
                Duration.ofNanos(counters.stepNanos.sum()),
                Duration.ofNanos(counters.imageNanos.sum()),
                counters.completed.sum(),
                counters.refused.sum(),
                counters.cancelled.sum(),
                counters.late.sum(),
                counters.failed.sum(),
                pendingBytes);
    }
}
