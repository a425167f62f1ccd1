package io.sextant.connectors.result;

import java.util.Objects;

/**
 * A result a sink already has.
 *
 * @param json the result as it was published
 * @param hasDrawing whether the drawing is there too
 */
public record PublishedResult(String json, boolean hasDrawing) {
    public PublishedResult {
        Objects.requireNonNull(json, "json");
    }
}
