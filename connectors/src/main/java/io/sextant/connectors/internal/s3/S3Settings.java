package io.sextant.connectors.internal.s3;

import io.sextant.core.error.ConfigurationException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands under {@code sextant.s3.}, for all URIs that say nothing else.
 *
 * @param endpoint where the server is, or null for Amazon's
 * @param region its region, or null
 * @param accessKey null, as the secret key, for the credential chain of Amazon's SDK
 * @param secretKey belongs to the access key
 * @param sessionToken belongs to temporary keys, else null
 * @param pathStyle whether the bucket stands in the path, or null for: yes where there is an endpoint
 */
record S3Settings(
        @Nullable String endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String sessionToken,
        @Nullable String pathStyle) {
    /*
     * endpoint: where the server is, as a URL (http://127.0.0.1:9000); Amazon's for the region by default. region: such as
     * eu-central-1; by default us-east-1 where there is an endpoint, else what Amazon's SDK finds in the environment.
     * access-key, secret-key: who asks; by default the credential chain of Amazon's SDK (environment, profile, the machine's
     * role), and without any the application does not start. session-token: belongs to temporary keys. path-style: whether
     * the bucket stands in the URL's path or in its host name; true by default where there is an endpoint, because most
     * servers but Amazon's want it so.
     */
    static final Set<String> KEYS =
            Set.of("endpoint", "region", "access-key", "secret-key", "session-token", "path-style");

    /** Options of Camel's aws2-s3 component that say who asks. Where a URI has one, ours are not used. */
    private static final Set<String> CREDENTIALS = Set.of(
            "accessKey",
            "secretKey",
            "sessionToken",
            "useSessionCredentials",
            "useDefaultCredentialsProvider",
            "useProfileCredentialsProvider",
            "profileCredentialsName",
            "amazonS3Client");

    /** What may stand in a header of HTTP; nothing Amazon or others hand out has anything else in it. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]+");

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

    /** A server of one's own has no regions, but signatures name one. */
    private static final String REGION_OF_ENDPOINTS = "us-east-1";

    /**
     * Reads settings.
     *
     * @throws ConfigurationException naming the key that is unknown, missing or malformed; never with a secret in it
     */
    static S3Settings of(Map<String, String> values) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("sextant.s3." + unknown.iterator().next() + " is no key; there are "
                    + new TreeSet<>(KEYS)
                            .stream().map(key -> "sextant.s3." + key).toList() + ".");
        }
        S3Settings settings = new S3Settings(
                stripped(values.get("endpoint")),
                stripped(values.get("region")),
                values.get("access-key"),
                values.get("secret-key"),
                values.get("session-token"),
                truth(stripped(values.get("path-style"))));
        settings.check();
        return settings;
    }

    /** As elsewhere in the configuration; what is neither stays as it is, and is refused. */
    private static @Nullable String truth(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1", "y" -> "true";
            case "false", "no", "off", "0", "n" -> "false";
            default -> value;
        };
    }

    private static @Nullable String stripped(@Nullable String value) {
        return value == null ? null : value.strip();
    }

    /** A URI's options for Camel's component, completed by these settings. */
    Map<String, String> complete(Map<String, String> options) {
        Map<String, String> complete = new TreeMap<>(options);
        if (!options.containsKey("uriEndpointOverride") && endpoint != null) {
            complete.put("uriEndpointOverride", endpoint);
        }
        boolean hasEndpoint = complete.containsKey("uriEndpointOverride");
        if (hasEndpoint) {
            complete.putIfAbsent("overrideEndpoint", "true");
        }
        String usualRegion = region == null && hasEndpoint ? REGION_OF_ENDPOINTS : region;
        if (usualRegion != null) {
            complete.putIfAbsent("region", usualRegion);
        }
        complete.putIfAbsent("forcePathStyle", pathStyle == null ? Boolean.toString(hasEndpoint) : pathStyle);
        if (options.keySet().stream().noneMatch(CREDENTIALS::contains)) {
            addCredentials(complete);
        }
        return complete;
    }

    private void addCredentials(Map<String, String> options) {
        if (accessKey == null || secretKey == null) {
            options.put("useDefaultCredentialsProvider", "true");
            return;
        }
        options.put("accessKey", accessKey);
        options.put("secretKey", secretKey);
        if (sessionToken != null) {
            options.put("useSessionCredentials", "true");
            options.put("sessionToken", sessionToken);
        }
    }

    private void check() {
        if (endpoint != null) {
            requireEndpoint("sextant.s3.endpoint", endpoint);
        }
        if (region != null && !REGION.matcher(region).matches()) {
            throw new ConfigurationException(
                    "sextant.s3.region=" + region + " is no region; write one such as eu-central-1.");
        }
        if (pathStyle != null && !pathStyle.equals("true") && !pathStyle.equals("false")) {
            throw new ConfigurationException(
                    "sextant.s3.path-style=" + pathStyle + " cannot be used: it must be true or false.");
        }
        requireTogether("access-key", accessKey, "secret-key", secretKey);
        requireTogether("secret-key", secretKey, "access-key", accessKey);
        if (sessionToken != null && accessKey == null) {
            throw new ConfigurationException(
                    "sextant.s3.session-token belongs to sextant.s3.access-key, which is missing; set it too.");
        }
        requirePrintable("sextant.s3.access-key", accessKey);
        requirePrintable("sextant.s3.secret-key", secretKey);
        requirePrintable("sextant.s3.session-token", sessionToken);
    }

    /** @throws ConfigurationException if it is no place on the web */
    static void requireEndpoint(String key, String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    key + "=" + endpoint + " is no URL; write one such as http://127.0.0.1:9000.", e);
        }
        throw new ConfigurationException(
                key + "=" + endpoint + " is no URL of a server; write one such as http://127.0.0.1:9000.");
    }

    /** @throws ConfigurationException if it is there and cannot be sent as it is; the message does not show it */
    static void requirePrintable(String key, @Nullable String secret) {
        if (secret != null && !PRINTABLE.matcher(secret).matches()) {
            throw new ConfigurationException(
                    key + " is malformed: it is empty, or has blanks, line ends or letters beyond"
                            + " ASCII in it; copy it again, without anything around it.");
        }
    }

    private static void requireTogether(String key, @Nullable String value, String other, @Nullable String otherValue) {
        if (value != null && otherValue == null) {
            throw new ConfigurationException("sextant.s3." + key + " is set, and sextant.s3." + other
                    + " is missing; set both, or neither for the credential chain of Amazon's SDK.");
        }
    }

    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + "]";
    }
}
