package io.sextant.app.security;

import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The login with a token of an OpenID Connect provider, and for the console with the provider's own pages. */
@Singleton
final class OidcLogin {
    private final OidcAuthenticationMechanism mechanism;
    private final OidcSettings settings;

    @Inject
    OidcLogin(OidcAuthenticationMechanism mechanism, Config config) {
        this.mechanism = mechanism;
        this.settings = OidcSettings.of(key -> config.getOptionalValue(key, String.class));
    }

    boolean isConfigured() {
        return settings.isConfigured();
    }

    /** Who the token names, or null where there is none. Fails with an error of another system where the provider is away. */
    Uni<SecurityIdentity> authenticate(RoutingContext call, IdentityProviderManager manager) {
        return mechanism
                .authenticate(call, manager)
                .onFailure(OIDCException.class)
                .transform(ProviderAway::new);
    }

    /** Whether a person looks at the console, who can be sent to the provider. */
    boolean isForPage(RoutingContext call) {
        String accepted = call.request().getHeader(HttpHeaders.ACCEPT);
        return settings.isForPages()
                && call.request().method().equals(HttpMethod.GET)
                && RolePolicy.isConsole(call.normalizedPath())
                && accepted != null
                && accepted.contains("text/html");
    }

    /** Sends a person to the provider. Fails with an error of another system where that is away. */
    Uni<Boolean> sendToProvider(RoutingContext call) {
        return mechanism.sendChallenge(call).onFailure(OIDCException.class).transform(ProviderAway::new);
    }

    private static final class ProviderAway extends SextantException {
        private static final long serialVersionUID = 1;

        ProviderAway(Throwable cause) {
            super(
                    ErrorCategory.EXTERNAL_SYSTEM,
                    "Tokens cannot be checked, because the provider that quarkus.oidc.auth-server-url names does not answer;"
                            + " call again, or have the provider looked at.",
                    cause);
        }
    }
}
