package io.sextant.connectors.internal.s3;

import io.sextant.connectors.UriOptions;
import io.sextant.core.error.ConfigurationException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;

/**
 * A URI as Camel's aws2-s3 component understands it: its options are that component's. The endpoint is read, never started,
 * because its start fails where S3 is not to be reached.
 */
final class S3Uri {
    private final String name;
    private final S3Place place;
    private final Map<String, String> options;
    private final AWS2S3Endpoint endpoint;

    private S3Uri(String name, S3Place place, Map<String, String> options, AWS2S3Endpoint endpoint) {
        this.name = name;
        this.place = place;
        this.options = options;
        this.endpoint = endpoint;
    }

    /**
     * Reads a URI.
     *
     * @param key the configuration's, for messages
     * @param further options it may have besides those that say how S3 is reached
     * @param settings for what the URI does not say
     * @throws ConfigurationException naming the option that is wrong
     */
    static S3Uri parse(String key, String uri, Set<String> further, S3Settings settings, CamelContext context) {
        Map<String, String> options = UriOptions.read(key, uri);
        for (String option : options.keySet()) {
            if (!S3Clients.CONNECTION.contains(option) && !further.contains(option)) {
                throw new ConfigurationException(key + "=" + UriOptions.without(uri) + " takes no option " + option
                        + "; there are "
                        + Stream.concat(S3Clients.CONNECTION.stream(), further.stream())
                                .sorted()
                                .toList()
                        + ", as in Camel's aws2-s3 component.");
            }
        }
        return of(key, S3Place.parse(key, uri), uri, options, settings, context);
    }

    /** The same, with options that were read, and changed, before. */
    static S3Uri of(
            String key,
            S3Place place,
            String uri,
            Map<String, String> options,
            S3Settings settings,
            CamelContext context) {
        String name = key + "=" + UriOptions.without(uri);
        Map<String, String> complete = settings.complete(options);
        if (options.containsKey("uriEndpointOverride")) {
            S3Settings.requireEndpoint(name + ": option uriEndpointOverride", options.get("uriEndpointOverride"));
        }
        S3Settings.requirePrintable(name + ": option accessKey", options.get("accessKey"));
        S3Settings.requirePrintable(name + ": option secretKey", options.get("secretKey"));
        try {
            AWS2S3Component component = context.getComponent("aws2-s3", AWS2S3Component.class);
            AWS2S3Endpoint endpoint = (AWS2S3Endpoint)
                    component.createEndpoint("aws2-s3://" + place.bucket(), new TreeMap<String, Object>(complete));
            return new S3Uri(name, place, complete, endpoint);
        } catch (Exception e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new ConfigurationException(
                    name + " is refused by Camel's aws2-s3 component: "
                            + String.valueOf(root.getMessage()).replaceAll("\\?\\S*", ""),
                    e);
        }
    }

    /** Key and URI without its options, for messages. */
    String name() {
        return name;
    }

    S3Place place() {
        return place;
    }

    /** All options, those of the settings among them. */
    Map<String, String> options() {
        return options;
    }

    AWS2S3Endpoint endpoint() {
        return endpoint;
    }
}
