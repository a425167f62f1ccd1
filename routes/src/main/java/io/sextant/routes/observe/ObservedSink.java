package io.sextant.routes.observe;

import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultSink;
import java.util.Optional;

/** A sink whose publishing is told of. */
public final class ObservedSink implements ResultSink {
    private final ResultSink sink;
    private final String place;
    private final PipelineListener listener;

    /**
     * @param place its scheme
     * @param listener is told
     */
    public ObservedSink(ResultSink sink, String place, PipelineListener listener) {
        this.sink = sink;
        this.place = place;
        this.listener = listener;
    }

    @Override
    public void open() {
        sink.open();
    }

    @Override
    public void publish(ImageResult result) {
        Stopwatch stopwatch = Stopwatch.start();
        boolean isPublished = false;
        try {
            sink.publish(result);
            isPublished = true;
        } finally {
            listener.published(place, isPublished, stopwatch.elapsed());
        }
    }

    @Override
    public Optional<PublishedResult> find(String name, String step) {
        return sink.find(name, step);
    }

    @Override
    public boolean takesDrawings() {
        return sink.takesDrawings();
    }

    @Override
    public boolean canFind() {
        return sink.canFind();
    }

    @Override
    public void close() {
        sink.close();
    }
}
