package io.sextant.app.security;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.BasicAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;

/** The ways to log in that are configured, HTTP's basic authentication and tokens of OpenID Connect; it says in a problem's body what to do: log in, or ask for a role. */
@Alternative
@Priority(1)
@Singleton
public final class LoginChallenge implements HttpAuthenticationMechanism {
    private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    private static final String BASIC =
            "the name and password of a user, as HTTP's basic authentication" + " (sextant.http.users names the users)";
    private static final String BEARER = "a token of the provider, as HTTP's bearer authentication"
            + " (quarkus.oidc.auth-server-url names the provider)";
    private static final String UNAUTHORIZED = "{\"type\":\"urn:sextant:problem:login-needed\",\"title\":\"Log in\","
            + "\"status\":401,\"detail\":\"Call with %s.\"}";
    private static final String FORBIDDEN = "{\"type\":\"urn:sextant:problem:role-needed\","
            + "\"title\":\"Not this user's to do\",\"status\":403,\"detail\":\"This user lacks the role for this call;"
            + " have it added %s.\"}";

    private final BasicAuthenticationMechanism basic;
    private final OidcLogin oidc;
    private final Users users;

    @Inject
    LoginChallenge(BasicAuthenticationMechanism basic, OidcLogin oidc, Users users) {
        this.basic = basic;
        this.oidc = oidc;
        this.users = users;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext call, IdentityProviderManager manager) {
        String login = call.request().getHeader(HttpHeaders.AUTHORIZATION);
        boolean isBasic = login != null && login.regionMatches(true, 0, "basic ", 0, 6);
        return oidc.isConfigured() && !isBasic ? oidc.authenticate(call, manager) : basic.authenticate(call, manager);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext call) {
        return basic.getChallenge(call);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(UsernamePasswordAuthenticationRequest.class, TokenAuthenticationRequest.class);
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext call) {
        if (oidc.isForPage(call)) {
            return oidc.sendToProvider(call);
        }
        if (!isBasicUsed()) {
            call.response().setStatusCode(401).putHeader(WWW_AUTHENTICATE, "Bearer");
            end(call, UNAUTHORIZED.formatted(BEARER));
            return Uni.createFrom().item(true);
        }
        return basic.sendChallenge(call).map(isSent -> {
            if (oidc.isConfigured()) {
                call.response().headers().add(WWW_AUTHENTICATE, "Bearer");
            }
            end(call, UNAUTHORIZED.formatted(oidc.isConfigured() ? BEARER + ", or " + BASIC : BASIC));
            return isSent;
        });
    }

    private boolean isBasicUsed() {
        return users.areConfigured() || !oidc.isConfigured();
    }

    void register(@Observes Router router) {
        router.route().order(CallOrder.LOGIN).failureHandler(call -> {
            if (call.failure() instanceof ForbiddenException && !call.response().ended()) {
                call.response().setStatusCode(403);
                end(
                        call,
                        FORBIDDEN.formatted(
                                oidc.isConfigured()
                                        ? "to the roles of the token, or in the file of sextant.http.users"
                                        : "in the file of sextant.http.users"));
            } else {
                call.next();
            }
        });
    }

    private static void end(RoutingContext call, String problem) {
        if (!call.response().ended()) {
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                    .end(problem);
        }
    }
}
