package io.sextant.routes;

import io.sextant.connectors.ImageSource;
import io.sextant.connectors.ResultSink;
import io.sextant.routes.config.PipelineSettings;
import java.util.List;

/**
 * A pipeline that has been found good: its settings, and what they name.
 *
 * @param settings as configured
 * @param source where pictures come from
 * @param sinks where results go, each gets all
 */
record Pipeline(PipelineSettings settings, ImageSource source, List<ResultSink> sinks) {
    Pipeline {
        sinks = List.copyOf(sinks);
    }
}
