package io.sextant.connectors;

import java.util.List;
import java.util.Objects;

/**
 * What a sink is told.
 *
 * @param pipeline the pipeline's name
 * @param uri where results go
 * @param steps the names of the steps whose results come; a message may ask others
 */
public record SinkSettings(String pipeline, String uri, List<String> steps) {
    public SinkSettings {
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(uri, "uri");
        steps = List.copyOf(steps);
    }
}
