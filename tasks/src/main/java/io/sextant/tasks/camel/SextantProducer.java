package io.sextant.tasks.camel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Runs an endpoint's step on each exchange. */
final class SextantProducer extends DefaultAsyncProducer {
    private final TaskProcessor processor;

    SextantProducer(SextantEndpoint endpoint, TaskProcessor processor) {
        super(endpoint);
        this.processor = processor;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return processor.process(exchange, callback);
    }
}
