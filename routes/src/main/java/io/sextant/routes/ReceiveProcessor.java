package io.sextant.routes;

import io.sextant.connectors.ImageDelivery;
import io.sextant.core.message.MessageHeaders;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Takes the image an exchange brings, or ends the route where there is none to take. */
final class ReceiveProcessor implements Processor {
    /** Exchange property: the {@link ImageDelivery} that is under way. */
    private static final String DELIVERY = "SextantDelivery";

    private final Pipeline pipeline;

    ReceiveProcessor(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The delivery an exchange carries; empty before it was received. */
    static Optional<ImageDelivery> delivery(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(DELIVERY, ImageDelivery.class));
    }

    @Override
    public void process(Exchange exchange) {
        Optional<ImageDelivery> delivery = pipeline.source().delivery(exchange);
        if (delivery.isEmpty()) {
            exchange.setRouteStop(true);
            return;
        }
        exchange.setProperty(DELIVERY, delivery.get());
        Message message = exchange.getMessage();
        message.setHeader(MessageHeaders.PIPELINE, pipeline.settings().name());
        message.setHeader(MessageHeaders.ORIGIN, delivery.get().name());
        message.setHeader(MessageHeaders.ATTEMPT, delivery.get().attempt());
    }
}
