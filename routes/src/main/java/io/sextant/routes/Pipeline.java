package io.sextant.routes;

import io.sextant.connectors.ImageSource;
import io.sextant.connectors.result.ResultSink;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.observe.ObservedSink;
import io.sextant.routes.observe.ObservedSource;
import io.sextant.routes.observe.PipelineListener;
import java.util.ArrayList;
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

    /** The same, and the listener is told what its source brings and its sinks take. */
    Pipeline toldTo(PipelineListener listener) {
        List<ResultSink> told = new ArrayList<>();
        for (int i = 0; i < sinks.size(); i++) {
            told.add(new ObservedSink(
                    sinks.get(i), LivePipeline.scheme(settings.to().get(i)), listener));
        }
        return new Pipeline(settings, new ObservedSource(source, listener), told, answered);
    }
}
