package io.sextant.routes.config;

import io.sextant.connectors.url.UrlSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the running application, and how much.
 *
 * @param users a file of who may call; null where nobody logs in
 * @param hosts names by which the application may be called where nobody logs in, beside those of this machine alone
 * @param maxConcurrentRequests questions that one caller may have open at once, at least 1
 * @param maxRequestsPerMinute questions that one caller may ask in a minute, at least 1; null for as many as there are
 * @param bodyTimeout how long a caller may take to send a body, above 0
 * @param maxResults answers kept for each caller who fetches them later, at least 1
 * @param resultLifetime how long such an answer is kept, above 0
 * @param references which images are read over HTTP because a caller names their address
 */
public record HttpSettings(
        @Nullable Path users,
        List<String> hosts,
        int maxConcurrentRequests,
        @Nullable Integer maxRequestsPerMinute,
        Duration bodyTimeout,
        int maxResults,
        Duration resultLifetime,
        UrlSettings references) {
    /** Nobody logs in. */
    public static final HttpSettings DEFAULT = new HttpSettings(
            null, List.of(), 16, null, Duration.ofMinutes(2), 100, Duration.ofMinutes(10), UrlSettings.NONE);

    public HttpSettings {
        hosts = List.copyOf(hosts);
        Requirements requirements = new Requirements();
        requirements.require(
                maxConcurrentRequests >= 1, "max-concurrent-requests must be at least 1, was " + maxConcurrentRequests);
        requirements.require(
                maxRequestsPerMinute == null || maxRequestsPerMinute >= 1,
                "max-requests-per-minute must be at least 1, was " + maxRequestsPerMinute);
        requirements.require(Requirements.isPositive(bodyTimeout), "body-timeout must be above 0, was " + bodyTimeout);
        requirements.require(maxResults >= 1, "max-results must be at least 1, was " + maxResults);
        requirements.require(
                Requirements.isPositive(resultLifetime), "result-lifetime must be above 0, was " + resultLifetime);
        requirements.throwIfBroken();
    }
}
