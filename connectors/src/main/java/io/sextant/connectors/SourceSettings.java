package io.sextant.connectors;

import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.core.error.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a source is told.
 *
 * @param pipeline the pipeline's name, for messages
 * @param uri where images come from
 * @param original what becomes of an image once its results are published
 * @param moveTo where moved images go, or null for the source's usual place
 * @param deadLetter where rejected images go, or null for the source's usual place
 * @param settle how long an image must have been left alone before it is taken
 * @param retryDelay pause after a first failure that is not the image's fault
 * @param maxRetryDelay longest such pause
 * @param maxImageBytes largest image that is read, at least 1
 * @param deadLetterSink where rejected messages go if {@code deadLetter} is another connector's place, else null
 * @param cron when the source looks for images, or null for as often as its options say
 * @param references by URI scheme, what reads images that messages only refer to; a scheme without one is not allowed
 */
public record SourceSettings(
        String pipeline,
        String uri,
        OriginalPolicy original,
        @Nullable String moveTo,
        @Nullable String deadLetter,
        Duration settle,
        Duration retryDelay,
        Duration maxRetryDelay,
        long maxImageBytes,
        @Nullable DeadLetterSink deadLetterSink,
        @Nullable CronTimes cron,
        Map<String, ReferenceReader> references) {
    public SourceSettings {
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(original, "original");
        Objects.requireNonNull(settle, "settle");
        Objects.requireNonNull(retryDelay, "retryDelay");
        Objects.requireNonNull(maxRetryDelay, "maxRetryDelay");
        references = Map.copyOf(references);
        if (maxImageBytes < 1) {
            throw new IllegalArgumentException("maxImageBytes must be at least 1, was " + maxImageBytes);
        }
    }

    /** For sources that images come to by themselves: a time to ask at would mean nothing. */
    public void refuseCron() {
        if (cron != null) {
            throw new ConfigurationException("cron=" + cron + ": from=" + UriOptions.without(uri)
                    + " brings images when they come and is not asked at times; leave cron out.");
        }
    }
}
