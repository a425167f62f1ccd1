package io.sextant.tasks.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Runs an endpoint's step on each exchange. */
final class SextantProducer extends DefaultProducer {
    private final TaskProcessor processor;

    SextantProducer(SextantEndpoint endpoint, TaskProcessor processor) {
        super(endpoint);
        this.processor = processor;
    }

    @Override
    public void process(Exchange exchange) {
        processor.process(exchange);
    }
}
