package io.sextant.routes.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the running application, and how much.
 *
 * @param users a file of who may call; null where nobody logs in
 * @param maxConcurrentRequests questions that one caller may have open at once, at least 1
 * @param maxResults answers kept for each caller who fetches them later, at least 1
 * @param resultLifetime how long such an answer is kept, above 0
 */
public record HttpSettings(@Nullable Path users, int maxConcurrentRequests, int maxResults, Duration resultLifetime) {
    /** Nobody logs in. */
    public static final HttpSettings DEFAULT = new HttpSettings(null, 16, 100, Duration.ofMinutes(10));

    public HttpSettings {
        if (maxConcurrentRequests < 1) {
            throw new IllegalArgumentException(
                    "max-concurrent-requests must be at least 1, was " + maxConcurrentRequests);
        }
        if (maxResults < 1) {
            throw new IllegalArgumentException("max-results must be at least 1, was " + maxResults);
        }
        if (resultLifetime.isNegative() || resultLifetime.isZero()) {
            throw new IllegalArgumentException("result-lifetime must be above 0, was " + resultLifetime);
        }
    }
}
