package io.sextant.routes.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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
}
