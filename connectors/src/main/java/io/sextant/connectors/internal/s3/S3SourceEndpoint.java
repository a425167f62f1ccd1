package io.sextant.connectors.internal.s3;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** The endpoint behind an S3 source. Its URI carries no options, since they may be secrets. */
final class S3SourceEndpoint extends DefaultEndpoint {
    private final S3Source source;
    private final S3SourceUri uri;

    S3SourceEndpoint(S3Source source, S3SourceUri uri, CamelContext context) {
        super(
                "sextant-s3:" + uri.place().toString().substring("s3:".length()) + "?pipeline="
                        + source.settings().pipeline(),
                noComponent());
        this.source = source;
        this.uri = uri;
        setCamelContext(context);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        S3SourceConsumer consumer = new S3SourceConsumer(this, processor, source);
        configureConsumer(consumer);
        uri.schedule(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "An S3 source takes no messages; send them to Camel's aws2-s3 endpoint");
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
