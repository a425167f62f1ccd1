package io.sextant.connectors.internal.camel;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.internal.ResultHeaders;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultSink;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** Results as messages to an endpoint of Camel's: the document is the body, as text, and headers say what it is. */
final class CamelSink implements ResultSink {
    private final Endpoint to;
    private final String uri;
    private final ProducerTemplate template;

    /** @param uri of the endpoint without options, for messages */
    CamelSink(Endpoint to, String uri, CamelContext context) {
        this.to = to;
        this.uri = uri;
        this.template = context.createProducerTemplate();
    }

    @Override
    public void open() {
        template.start();
    }

    @Override
    public void publish(ImageResult result) {
        Exchange sent = template.send(to, ExchangePattern.InOnly, exchange -> write(result, exchange.getMessage()));
        Exception failure = sent.getException();
        if (failure != null) {
            throw new ConnectorException(
                    "Result \"" + result.name() + "." + result.step() + "\" cannot be sent to " + uri + " (" + failure
                            + "); see to what is behind that endpoint.",
                    failure);
        }
    }

    private static void write(ImageResult result, Message message) {
        ResultHeaders.of(result).forEach(header -> message.setHeader(header.name(), header.text()));
        message.setHeader(Exchange.FILE_NAME, result.name() + "." + result.step() + ".json");
        message.setBody(result.compactJson());
    }

    /** An endpoint cannot be looked into. */
    @Override
    public Optional<PublishedResult> find(String name, String step) {
        return Optional.empty();
    }

    @Override
    public boolean canFind() {
        return false;
    }

    /** A message is one document. */
    @Override
    public boolean takesDrawings() {
        return false;
    }

    @Override
    public void close() {
        template.stop();
    }
}
