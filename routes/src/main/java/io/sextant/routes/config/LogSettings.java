package io.sextant.routes.config;

import java.time.Duration;

/**
 * What running pipelines tell.
 *
 * @param images whether each image that was asked about gets a line
 * @param summary how often each pipeline counts what it did, 0 for never
 */
public record LogSettings(boolean images, Duration summary) {
    /** A line for each image, and a count every five minutes. */
    public static final LogSettings DEFAULT = new LogSettings(true, Duration.ofMinutes(5));

    public LogSettings {
        if (summary.isNegative()) {
            throw new IllegalArgumentException("summary must not be negative, was " + summary);
        }
    }
}
