package io.sextant.connectors.internal.s3;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells one content of an object from the next without reading it.
 *
 * @param key the object's key
 * @param tag its entity tag, without quotes; empty where the server has none
 * @param size bytes
 * @param modified when it was written
 */
record S3Stamp(String key, String tag, long size, Instant modified) {
    S3Stamp {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(modified, "modified");
    }

    /** Whether an object of this tag still is what was listed; a server without tags is believed. */
    boolean isOf(String otherTag) {
        return tag.isEmpty() || tag.equals(otherTag);
    }

    /** An entity tag as servers write it, without its quotes. */
    static String tag(@Nullable String written) {
        return written == null ? "" : written.replace("\"", "");
    }
}
