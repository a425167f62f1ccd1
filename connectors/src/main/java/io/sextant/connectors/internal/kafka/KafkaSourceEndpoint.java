package io.sextant.connectors.internal.kafka;

import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** The endpoint behind a Kafka source. Its URI carries no options, since they may be secrets. */
final class KafkaSourceEndpoint extends DefaultEndpoint {
    private final KafkaSourceUri source;
    private final String pipeline;
    private final Clock clock;

    KafkaSourceEndpoint(KafkaSourceUri source, String pipeline, Clock clock, CamelContext context) {
        super("sextant-kafka:" + String.join(",", source.topics()) + "?pipeline=" + pipeline, noComponent());
        this.source = source;
        this.pipeline = pipeline;
        this.clock = clock;
        setCamelContext(context);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        KafkaSourceConsumer consumer = new KafkaSourceConsumer(this, processor, source, pipeline, clock);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "A Kafka source takes no messages; send them to Camel's kafka endpoint");
    }

    @Override
    public boolean isLenientProperties() {
        return true;
    }

    @SuppressWarnings("NullAway") // Camel takes an endpoint without a component, but says so nowhere.
    private static @Nullable Component noComponent() {
        return null;
    }
}
