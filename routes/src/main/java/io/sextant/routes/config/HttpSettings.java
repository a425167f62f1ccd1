package io.sextant.routes.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the running application, and how much.
 *
 * @param users a file of who may call; null where nobody logs in
 * @param maxConcurrentRequests questions that one caller may have open at once, at least 1
 */
public record HttpSettings(@Nullable Path users, int maxConcurrentRequests) {
    /** Nobody logs in. */
    public static final HttpSettings DEFAULT = new HttpSettings(null, 16);

    public HttpSettings {
        if (maxConcurrentRequests < 1) {
            throw new IllegalArgumentException(
                    "max-concurrent-requests must be at least 1, was " + maxConcurrentRequests);
        }
    }
}
