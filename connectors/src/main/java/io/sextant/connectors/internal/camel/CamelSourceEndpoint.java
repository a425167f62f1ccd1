package io.sextant.connectors.internal.camel;

import io.sextant.connectors.internal.SourceEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;

/** The endpoint behind a source. Its URI is not that of the endpoint it reads from, which may have secrets in it. */
final class CamelSourceEndpoint extends SourceEndpoint {
    private final CamelSource source;

    CamelSourceEndpoint(CamelSource source, CamelContext context) {
        super("sextant-camel:" + source.settings().pipeline(), "camel", context);
        this.source = source;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        CamelSourceConsumer consumer = new CamelSourceConsumer(this, processor, source);
        configureConsumer(consumer);
        return consumer;
    }
}
