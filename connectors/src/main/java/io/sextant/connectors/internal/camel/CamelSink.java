package io.sextant.connectors.internal.camel;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultIdentity;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.message.MessageHeaders;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** Results as messages to an endpoint of Camel's: the document is the body, as text, and headers say what it is. */
final class CamelSink implements ResultSink {
    private static final String TYPE = "io.sextant.result.v1";

    private final Endpoint to;
    private final String uri;
    private final String source;
    private final ProducerTemplate template;

    /** @param uri of the endpoint without options, for messages */
    CamelSink(Endpoint to, String uri, String pipeline, CamelContext context) {
        this.to = to;
        this.uri = uri;
        this.source = "/sextant/pipelines/" + pipeline;
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

    /** Ours count before those of the image's message. */
    private void write(ImageResult result, Message message) {
        ResultIdentity identity = result.identity();
        for (MessageHeader header : identity.headers()) {
            message.setHeader(header.name(), header.text());
        }
        message.setHeader("ce_specversion", "1.0");
        message.setHeader("ce_id", result.eventId());
        message.setHeader("ce_source", source);
        message.setHeader("ce_type", TYPE);
        message.setHeader("ce_subject", identity.imageName());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader(Exchange.FILE_NAME, result.name() + "." + result.step() + ".json");
        message.setHeader(MessageHeaders.STEP, result.step());
        message.setHeader(MessageHeaders.RESULT_TASK, identity.task());
        message.setHeader(MessageHeaders.RESULT_ID, identity.id());
        message.setHeader(MessageHeaders.IMAGE_DIGEST, identity.imageDigest());
        message.setHeader(MessageHeaders.ORIGIN, result.name());
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
