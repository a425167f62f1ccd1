package io.sextant.connectors.internal.camel;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/** The {@code camel:} scheme: {@code camel:seda:inbox} is Camel's endpoint {@code seda:inbox}. One instance serves all pipelines. */
public final class CamelConnector implements Connector {
    private static final String SCHEME = "camel";

    /** By endpoint, the pipeline whose images come from there. */
    private final Map<Endpoint, String> sources = new HashMap<>();

    /** By endpoint, a pipeline whose results go there. */
    private final Map<Endpoint, String> sinks = new HashMap<>();

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean bringsHeaders() {
        return true;
    }

    @Override
    public boolean sendsDeadLettersElsewhere() {
        return true;
    }

    @Override
    public ImageSource source(SourceSettings settings, CamelContext context) {
        String uri = UriOptions.without(settings.uri());
        if (settings.original() != OriginalPolicy.STAY || settings.moveTo() != null) {
            throw new ConfigurationException("original and move-to mean nothing to from=" + uri
                    + "; leave them out, and say what becomes of an original by options of the endpoint.");
        }
        if (settings.deadLetter() != null && settings.deadLetterSink() == null) {
            throw new ConfigurationException(
                    "dead-letter=" + UriOptions.without(settings.deadLetter())
                            + " holds no messages that can be looked at later; name file:folder, or the place of another connector that takes messages.");
        }
        Endpoint endpoint = endpoint("from", settings.uri(), context);
        requireNoRing(sinks.get(endpoint), uri);
        String other = sources.putIfAbsent(endpoint, settings.pipeline());
        if (other != null) {
            throw new ConfigurationException("from=" + uri + " is read by the pipeline \"" + other
                    + "\" too; one endpoint belongs to one pipeline.");
        }
        if (!(endpoint instanceof ScheduledPollEndpoint)) {
            settings.refuseCron();
        }
        return new CamelSource(settings, endpoint, context);
    }

    @Override
    public ResultSink sink(SinkSettings settings, CamelContext context) {
        Endpoint endpoint = endpoint("to", settings.uri(), context);
        requireNoRing(sources.get(endpoint), UriOptions.without(settings.uri()));
        sinks.put(endpoint, settings.pipeline());
        return new CamelSink(endpoint, UriOptions.without(settings.uri()), context);
    }

    private static void requireNoRing(@Nullable String pipeline, String uri) {
        if (pipeline != null) {
            throw new ConfigurationException("Results would go to " + uri + ", from where images are read (pipeline \""
                    + pipeline + "\"); results are no images, name another endpoint.");
        }
    }

    private static Endpoint endpoint(String key, String text, CamelContext context) {
        String uri = text.substring(SCHEME.length() + 1);
        try {
            return context.getEndpoint(uri);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException(key + "=" + UriOptions.without(text)
                    + " is no endpoint that Camel can make (" + withoutValues(String.valueOf(cause.getMessage()), uri)
                    + "); write camel: and one of its URIs, such as camel:seda:inbox, and put the component's jar on the"
                    + " class path.");
        }
    }

    /** A failure may repeat options, which may be secrets. */
    private static String withoutValues(String message, String uri) {
        String hidden = message;
        for (String option : uri.substring(uri.indexOf('?') + 1).split("&")) {
            String value = option.substring(option.indexOf('=') + 1);
            if (!value.isEmpty() && option.indexOf('=') >= 0) {
                hidden = hidden.replace("=" + value, "=xxxxxx");
            }
        }
        return hidden;
    }
}
