package io.sextant.routes;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultSink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;

/** Sinks {@code record:} that remember what was published, in its order. */
final class RecordingConnector implements Connector {
    private final List<String> published = new CopyOnWriteArrayList<>();

    /** {@code image.step} of each result. */
    List<String> published() {
        return List.copyOf(published);
    }

    @Override
    public String scheme() {
        return "record";
    }

    @Override
    public ImageSource source(SourceSettings settings, CamelContext context) {
        throw new UnsupportedOperationException("a place for results alone");
    }

    @Override
    public ResultSink sink(SinkSettings settings, CamelContext context) {
        return new ResultSink() {
            @Override
            public void open() {}

            @Override
            public void publish(ImageResult result) {
                published.add(result.name() + "." + result.step());
            }

            @Override
            public Optional<PublishedResult> find(String name, String step) {
                return Optional.empty();
            }
        };
    }
}
