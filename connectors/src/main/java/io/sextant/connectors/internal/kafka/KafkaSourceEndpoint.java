package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.internal.SourceEndpoint;
import io.sextant.connectors.internal.SourceState;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;

/** The endpoint behind a Kafka source. Its URI carries no options, since they may be secrets. */
final class KafkaSourceEndpoint extends SourceEndpoint {
    private final KafkaSourceUri source;
    private final String pipeline;
    private final SourceState state;
    private final Clock clock;

    KafkaSourceEndpoint(KafkaSourceUri source, String pipeline, SourceState state, Clock clock, CamelContext context) {
        super("sextant-kafka:" + String.join(",", source.topics()) + "?pipeline=" + pipeline, "kafka", context);
        this.source = source;
        this.pipeline = pipeline;
        this.state = state;
        this.clock = clock;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        KafkaSourceConsumer consumer = new KafkaSourceConsumer(this, processor, source, pipeline, state, clock);
        configureConsumer(consumer);
        return consumer;
    }
}
