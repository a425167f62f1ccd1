package io.sextant.app.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which role a call needs, for all paths there are; a path that is not named here is the operator's. Without a way to log in everybody may
 * everything, and the start has seen to it that everybody is on this machine.
 */
@Singleton
final class RolePolicy implements HttpSecurityPolicy {
    private static final String HEALTH = "/q/health";
    private static final String METRICS = "/q/metrics";
    private static final String DOORS = "/v1/";

    /** Which model answers, and its exchange: with where models lie, and why one cannot be used. */
    private static final String MODEL = "/v1/model";

    private static final String MODELS = "/v1/models";

    /** Where questions are put to the model, and what was asked is given up. */
    private static final List<String> QUESTIONS = List.of("/v1/tasks", "/v1/results", "/v1/chat");

    private static final String TOOLS = "/mcp";
    private static final String CONSOLE = "/console/";

    /** What a page shows that anybody may look at. All else below the console is the operator's, however its path is written. */
    private static final Set<String> SHOWN =
            Set.of("/", "/console/state", "/console/console.js", "/console/console.css");

    private final boolean isLoginNeeded;

    @Inject
    RolePolicy(Logins logins) {
        this.isLoginNeeded = logins.areNeeded();
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext call, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        String path = call.normalizedPath();
        if (!isLoginNeeded || path.equals(HEALTH) || path.startsWith(HEALTH + "/")) {
            return CheckResult.permit();
        }
        Role needed = needed(path, call.request().method());
        return identity.map(who -> may(who, needed) ? CheckResult.PERMIT : CheckResult.DENY);
    }

    /** Health alone is anybody's: what watches a process from outside seldom logs in. */
    static Role needed(String path, HttpMethod method) {
        boolean isReading = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (path.equals(METRICS)) {
            return Role.VIEWER;
        }
        if (path.startsWith(DOORS)) {
            boolean isModel = path.startsWith(MODEL) && !path.equals(MODELS) && !path.startsWith(MODELS + "/");
            if (isModel) {
                return Role.OPERATOR;
            }
            boolean isQuestion = QUESTIONS.stream().anyMatch(door -> path.equals(door) || path.startsWith(door + "/"));
            return isReading ? Role.VIEWER : isQuestion ? Role.ASKER : Role.OPERATOR;
        }
        if (path.equals(TOOLS) || path.startsWith(TOOLS + "/")) {
            return Role.ASKER;
        }
        return SHOWN.contains(path) && isReading ? Role.VIEWER : Role.OPERATOR;
    }

    /** Whether pages for people are there. */
    static boolean isConsole(String path) {
        return path.equals("/") || path.startsWith(CONSOLE);
    }

    private static boolean may(SecurityIdentity who, Role needed) {
        return Arrays.stream(Role.values())
                .filter(role -> role.compareTo(needed) >= 0)
                .anyMatch(role -> who.hasRole(role.word()));
    }
}
