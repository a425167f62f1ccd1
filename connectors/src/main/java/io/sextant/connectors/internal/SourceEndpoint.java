package io.sextant.connectors.internal;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** The endpoint behind a source. Its URI carries no options, since they may be secrets. */
public abstract class SourceEndpoint extends DefaultEndpoint {
    private final String camels;

    /**
     * @param uri without options
     * @param camels Camel's own endpoint for the other direction, for messages
     */
    protected SourceEndpoint(String uri, String camels, CamelContext context) {
        super(uri, noComponent());
        this.camels = camels;
        setCamelContext(context);
    }

    @Override
    public final Producer createProducer() {
        throw new UnsupportedOperationException(
                "A source takes no messages; send them to Camel's " + camels + " endpoint");
    }

    @Override
    public final boolean isLenientProperties() {
        return true;
    }

    @SuppressWarnings("NullAway") // Camel takes an endpoint without a component, but says so nowhere.
    private static @Nullable Component noComponent() {
        return null;
    }
}
