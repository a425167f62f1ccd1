package io.sextant.routes;

import io.sextant.connectors.ImageDelivery;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the source that all results of its image are published. */
final class AcknowledgeProcessor implements Processor {
    private static final Logger LOGGER = LoggerFactory.getLogger(AcknowledgeProcessor.class);

    private final String routeId;
    private final Retries retries;

    AcknowledgeProcessor(String routeId, Retries retries) {
        this.routeId = routeId;
        this.retries = retries;
    }

    @Override
    public void process(Exchange exchange) {
        ImageDelivery delivery = ReceiveProcessor.delivery(exchange).orElseThrow();
        delivery.acknowledge();
        retries.remove(delivery.name());
        LOGGER.atDebug()
                .addKeyValue("routeId", routeId)
                .addKeyValue("exchangeId", exchange.getExchangeId())
                .addKeyValue("imageKey", delivery.name())
                .addKeyValue("durationMs", exchange.getClock().elapsed())
                .log("image done");
    }
}
