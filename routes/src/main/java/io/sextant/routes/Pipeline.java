package io.sextant.routes;

import io.sextant.connectors.ImageSource;
import io.sextant.connectors.result.ResultSink;
import io.sextant.routes.config.PipelineSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that has been found good: its settings, and what they name.
 *
 * @param settings as configured
 * @param source where images come from
 * @param sinks where results go, each gets all
 * @param answered remembers which questions were answered; null where nothing is to be remembered
 */
record Pipeline(
        PipelineSettings settings,
        ImageSource source,
        List<ResultSink> sinks,
        @Nullable AnsweredQuestions answered) {
    Pipeline {
        sinks = List.copyOf(sinks);
    }
}
