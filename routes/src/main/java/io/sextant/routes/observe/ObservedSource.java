package io.sextant.routes.observe;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.SourceStatistics;
import io.sextant.connectors.result.ResultSink;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** A source whose deliveries are told of. */
public final class ObservedSource implements ImageSource {
    private final ImageSource source;
    private final PipelineListener listener;

    /** @param listener is told */
    public ObservedSource(ImageSource source, PipelineListener listener) {
        this.source = source;
        this.listener = listener;
    }

    @Override
    public Endpoint endpoint() {
        return source.endpoint();
    }

    @Override
    public void open() {
        source.open();
    }

    @Override
    public Optional<ImageDelivery> delivery(Exchange exchange) {
        return source.delivery(exchange).map(delivery -> new ObservedDelivery(delivery, listener));
    }

    @Override
    public int workers() {
        return source.workers();
    }

    @Override
    public Optional<ResultSink> beside(List<String> steps) {
        return source.beside(steps);
    }

    @Override
    public boolean needsResultsThatCanBeFound() {
        return source.needsResultsThatCanBeFound();
    }

    @Override
    public SourceStatistics statistics() {
        return source.statistics();
    }

    @Override
    public void close() {
        source.close();
    }
}
