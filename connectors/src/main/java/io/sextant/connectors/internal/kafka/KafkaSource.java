package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.SourceStatistics;
import io.sextant.connectors.internal.Backoff;
import io.sextant.connectors.internal.SourceState;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.payload.PayloadReader;
import io.sextant.connectors.result.ResultSink;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Messages of one or several topics. The deliveries are the workers', each used by one of them. */
final class KafkaSource implements ImageSource {
    private final SourceSettings settings;
    private final KafkaSourceUri uri;
    private final Endpoint endpoint;
    private final DeadLetterSink deadLetters;
    private final PayloadReader payloads;
    private final SourceState state;

    /** @param state shared with the consumer; counts notified objects that were left out */
    KafkaSource(
            SourceSettings settings,
            KafkaSourceUri uri,
            Endpoint endpoint,
            DeadLetterSink deadLetters,
            SourceState state) {
        this.settings = settings;
        this.uri = uri;
        this.endpoint = endpoint;
        this.deadLetters = deadLetters;
        this.payloads = new PayloadReader(settings.references(), settings.maxImageBytes(), state.leftOut());
        this.state = state;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void open() {
        KafkaClients.check(settings.uri(), uri.kafka());
        deadLetters.open();
    }

    @Override
    public void close() {
        deadLetters.close();
    }

    @Override
    public Optional<ImageDelivery> delivery(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(KafkaReceipt.PROPERTY, KafkaReceipt.class))
                .map(receipt -> new KafkaDelivery(this, receipt));
    }

    @Override
    public Optional<ResultSink> beside(List<String> steps) {
        return Optional.empty();
    }

    @Override
    public SourceStatistics statistics() {
        return state.statistics();
    }

    DeadLetterSink deadLetters() {
        return deadLetters;
    }

    PayloadReader payloads() {
        return payloads;
    }

    /** The pauses between attempts at one message. */
    Backoff backoff() {
        return new Backoff(settings.retryDelay(), settings.maxRetryDelay());
    }
}
