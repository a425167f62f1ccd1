package io.sextant.routes.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys under {@code sextant.http}: who may call the running application, and how much. Host and port are {@code quarkus.http}'s. */
@ConfigMapping(prefix = "sextant.http")
public interface HttpConfig {

    /**
     * A file of who may call: a line for each, {@code name:hash:roles}, where the hash is bcrypt's and the roles, with commas between
     * them, are of {@code viewer}, {@code asker} and {@code operator}. Without it, and without a provider of OpenID
     * Connect ({@code quarkus.oidc.auth-server-url}), nobody logs in, and {@code quarkus.http.host} must be this machine alone.
     */
    Optional<String> users();

    /**
     * Names by which callers may call the application where nobody logs in, beside those of this machine alone ({@code localhost}, {@code 127.0.0.1},
     * {@code [::1]}, {@code quarkus.http.host}), separated by commas: the one of a proxy in front, say, that passes on the name it was called by.
     */
    Optional<List<String>> hosts();

    /**
     * Questions that one caller may have open at once, at least 1; further ones are refused until one is answered. A caller is who
     * logged in, else the address that called.
     */
    @WithDefault("16")
    int maxConcurrentRequests();

    /**
     * Questions that one caller may ask in a minute, at least 1; further ones are refused, and it is said when to come back. They may come
     * all at once. Without it a caller may ask as often as there are answers. A caller is the same as for {@code max-concurrent-requests}.
     */
    OptionalInt maxRequestsPerMinute();

    /** How long a caller may take to send a body, above 0; whoever takes longer is told so, and the connection ends. */
    @WithDefault("2m")
    @WithConverter(DurationConverter.class)
    Duration bodyTimeout();

    /**
     * Answers that are kept for each caller who fetches them later, at least 1; of more, those that have been there longest go. A caller is
     * the same as for {@code max-concurrent-requests}.
     */
    @WithDefault("100")
    int maxResults();

    /** How long such an answer is kept once it is there, above 0. They are held in memory, and go with the process. */
    @WithDefault("10m")
    @WithConverter(DurationConverter.class)
    Duration resultLifetime();

    /** Images that callers only refer to by their address. */
    ReferencesConfig references();

    /** Keys under {@code sextant.http.references}: which images are read over HTTP because a caller names their address. */
    interface ReferencesConfig {

        /**
         * Hosts that may be asked for images, separated by commas: names ({@code images.example}), all below a domain
         * ({@code *.images.example}), or addresses, each perhaps with the only port ({@code images.example:8443}); else the usual one of
         * HTTP or HTTPS. Redirects may lead to these hosts alone. Default: none, and nothing is read over HTTP.
         */
        Optional<List<String>> allow();

        /**
         * Whether these hosts may also be in private networks or on this machine. Off by default: who could change the name of an allowed
         * host could else have the application look into the network that it is in. What clouds tell machines of themselves, and addresses
         * of the link, are never asked.
         */
        @WithDefault("false")
        @WithConverter(TruthConverter.class)
        boolean privateAddresses();

        /** How long reading one image may take, with all its redirects, above 0; what takes longer is given up. */
        @WithDefault("10s")
        @WithConverter(DurationConverter.class)
        Duration timeout();
    }
}
