package io.sextant.app.security;

import io.sextant.core.error.ConfigurationException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What matters here of Quarkus's own keys for a provider of OpenID Connect.
 *
 * @param isConfigured whether a provider is named at all
 * @param hasAudience whether it is said for whom tokens must have been made
 * @param isForPages whether the console sends people to the provider
 */
public record OidcSettings(boolean isConfigured, boolean hasAudience, boolean isForPages) {
    private static final String SERVER = "quarkus.oidc.auth-server-url";
    private static final String AUDIENCE = "quarkus.oidc.token.audience";
    private static final String APPLICATION_TYPE = "quarkus.oidc.application-type";

    /** @param values of keys */
    public static OidcSettings of(Function<String, Optional<String>> values) {
        String type = values.apply(APPLICATION_TYPE).orElse("").strip().toLowerCase(Locale.ROOT);
        boolean hasAudience = values.apply(AUDIENCE).isPresent()
                || values.apply(AUDIENCE + "[0]").isPresent();
        return new OidcSettings(values.apply(SERVER).isPresent(), hasAudience, type.equals("hybrid"));
    }

    /**
     * A provider makes tokens for many applications, and whoever has one for another is no caller of this one.
     *
     * @throws ConfigurationException naming the key that is missing
     */
    public void requireAudience() {
        if (isConfigured && !hasAudience) {
            throw new ConfigurationException(
                    SERVER + " names a provider, and tokens that it made for any application would"
                            + " be taken; say for whom they must have been made with " + AUDIENCE + ".");
        }
    }
}
