package io.sextant.connectors.internal.camel;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.internal.Backoff;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.payload.PayloadReader;
import io.sextant.connectors.result.ResultSink;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What an endpoint of Camel's brings. Its own threads work on it, so that it brings no more than they can take. */
final class CamelSource implements ImageSource {
    private final SourceSettings settings;
    private final Endpoint from;
    private final PayloadReader payloads;
    private final Endpoint endpoint;

    CamelSource(SourceSettings settings, Endpoint from, CamelContext context) {
        this.settings = settings;
        this.from = from;
        this.payloads = new PayloadReader(settings.references(), settings.maxImageBytes());
        this.endpoint = new CamelSourceEndpoint(this, context);
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void open() {
        if (settings.deadLetterSink() != null) {
            settings.deadLetterSink().open();
        }
    }

    @Override
    public Optional<ImageDelivery> delivery(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(CamelDelivery.PROPERTY, CamelDelivery.class));
    }

    @Override
    public Optional<ResultSink> beside(List<String> steps) {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (settings.deadLetterSink() != null) {
            settings.deadLetterSink().close();
        }
    }

    SourceSettings settings() {
        return settings;
    }

    /** Camel's own endpoint. */
    Endpoint from() {
        return from;
    }

    PayloadReader payloads() {
        return payloads;
    }

    @Nullable
    DeadLetterSink deadLetters() {
        return settings.deadLetterSink();
    }

    Backoff backoff() {
        return new Backoff(settings.retryDelay(), settings.maxRetryDelay());
    }
}
