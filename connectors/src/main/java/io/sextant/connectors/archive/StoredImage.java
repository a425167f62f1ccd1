package io.sextant.connectors.archive;

import java.time.Instant;
import java.util.Objects;

/**
 * What lies in an archive and may be an image.
 *
 * @param reference by which messages refer to it
 * @param name below the listed place, with {@code /} between its parts; unlike any other's there
 * @param bytes its size
 * @param modified when it was last written
 */
public record StoredImage(String reference, String name, long bytes, Instant modified) {
    public StoredImage {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(modified, "modified");
    }
}
