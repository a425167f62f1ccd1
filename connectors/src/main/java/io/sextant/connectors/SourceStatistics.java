package io.sextant.connectors;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a source is doing, for whoever watches it. Numbers of one moment, at most a few seconds old.
 *
 * @param problem why it does not reach what it reads from; null while it does, or where it cannot be told
 * @param problemSince since when that is so; null where there is no problem, or it was never reached
 * @param leftOut what was left out because Sextant wrote it or nobody means it as an image: since the start, or at the last look
 * @param partitions partitions that are this process's; 0 for a source without
 * @param pausedPartitions those of which no more is fetched now, because enough waits
 * @param lag messages of those partitions that are not done with; empty where it is not known
 */
public record SourceStatistics(
        @Nullable String problem,
        @Nullable Instant problemSince,
        long leftOut,
        int partitions,
        int pausedPartitions,
        OptionalLong lag) {
    /** Of a source that tells nothing. */
    public static final SourceStatistics NONE = new SourceStatistics(null, null, 0, 0, 0, OptionalLong.empty());

    public SourceStatistics {
        Objects.requireNonNull(lag, "lag");
    }
}
