package io.sextant.connectors;

import io.sextant.core.error.ConfigurationException;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.util.URISupport;

/** The options of a URI, as Camel reads them. They may hold secrets, so that a URI is shown {@link #without(String)} them. */
public final class UriOptions {
    private UriOptions() {}

    /**
     * The options by name, as they are written; {@code RAW(...)} is taken off.
     *
     * @param key the configuration's, for messages
     * @throws ConfigurationException if they are malformed; the message does not show them
     */
    public static Map<String, String> read(String key, String uri) {
        int question = uri.indexOf('?');
        Map<String, String> options = new TreeMap<>();
        if (question < 0) {
            return options;
        }
        try {
            Map<String, Object> parsed = URISupport.parseQuery(uri.substring(question + 1));
            URISupport.resolveRawParameterValues(parsed);
            parsed.forEach((option, value) -> options.put(option, String.valueOf(value)));
            return options;
        } catch (URISyntaxException e) {
            throw new ConfigurationException(key + "=" + without(uri) + " has malformed options.", e);
        }
    }

    /** The URI without one of its options; a value that is written raw is not looked into. */
    public static String without(String uri, String option) {
        int question = uri.indexOf('?');
        if (question < 0) {
            return uri;
        }
        StringBuilder left = new StringBuilder();
        for (String each : uri.substring(question + 1).split("&(?![^(]*\\))", -1)) {
            if (!each.startsWith(option + "=")) {
                left.append(left.isEmpty() ? "?" : "&").append(each);
            }
        }
        return uri.substring(0, question) + left;
    }

    /** The URI without its options, which may hold secrets. */
    public static String without(String uri) {
        int question = uri.indexOf('?');
        return question < 0 ? uri : uri.substring(0, question);
    }
}
