package io.sextant.app.security;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
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

/** HTTP's basic authentication, that says in a problem's body what to do: log in, or ask for a role. */
@Alternative
@Priority(1)
@Singleton
public final class LoginChallenge implements HttpAuthenticationMechanism {
    private static final int BEFORE_THE_DOORS = -100;
    private static final String UNAUTHORIZED = "{\"type\":\"urn:sextant:problem:login-needed\",\"title\":\"Log in\","
            + "\"status\":401,\"detail\":\"Call with the name and password of a user, as HTTP's basic authentication;"
            + " sextant.http.users names the users.\"}";
    private static final String FORBIDDEN = "{\"type\":\"urn:sextant:problem:role-needed\","
            + "\"title\":\"Not this user's to do\",\"status\":403,\"detail\":\"This user lacks the role for this call;"
            + " have it added in the file of sextant.http.users.\"}";

    private final BasicAuthenticationMechanism basic;

    @Inject
    LoginChallenge(BasicAuthenticationMechanism basic) {
        this.basic = basic;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext call, IdentityProviderManager manager) {
        return basic.authenticate(call, manager);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext call) {
        return basic.getChallenge(call);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return basic.getCredentialTypes();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext call) {
        return basic.sendChallenge(call).map(isSent -> {
            end(call, UNAUTHORIZED);
            return isSent;
        });
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_THE_DOORS).failureHandler(call -> {
            if (call.failure() instanceof ForbiddenException && !call.response().ended()) {
                call.response().setStatusCode(403);
                end(call, FORBIDDEN);
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
