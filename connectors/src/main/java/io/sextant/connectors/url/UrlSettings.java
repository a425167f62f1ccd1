package io.sextant.connectors.url;

import java.time.Duration;
import java.util.List;

/**
 * Which images may be read over HTTP.
 *
 * @param allowed hosts that may be asked; none for no reading at all
 * @param isPrivateAllowed whether those hosts may also be in private networks and on this machine
 * @param timeout how long reading one image may take, with all its redirects, above 0
 */
public record UrlSettings(List<AllowedHost> allowed, boolean isPrivateAllowed, Duration timeout) {
    /** Nothing is read over HTTP. */
    public static final UrlSettings NONE = new UrlSettings(List.of(), false, Duration.ofSeconds(10));

    public UrlSettings {
        allowed = List.copyOf(allowed);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("references.timeout must be above 0, was " + timeout);
        }
    }
}
