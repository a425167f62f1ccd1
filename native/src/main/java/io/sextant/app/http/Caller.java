package io.sextant.app.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.sextant.app.security.ClientLimit;
import io.sextant.app.security.ClientRate;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Holds a caller to the limits of open questions and of questions in a minute, and gives up what a caller who has gone had asked. */
@Singleton
final class Caller {
    private static final int RETRY_SECONDS = 1;

    private final ClientLimit limit;
    private final ClientRate rate;
    private final SecurityIdentity identity;

    @Inject
    Caller(ClientLimit limit, ClientRate rate, SecurityIdentity identity) {
        this.limit = limit;
        this.rate = rate;
        this.identity = identity;
    }

    /**
     * Asks, if the caller may; when the caller goes, the question is given up.
     *
     * @throws ProblemException if the caller has too many questions open, or asks too often
     */
    <T> CompletableFuture<T> ask(RoutingContext call, Supplier<CompletableFuture<T>> question) {
        CompletableFuture<T> answer = askForLater(call, question);
        call.addEndHandler(ended -> answer.cancel(false));
        if (call.response().closed()) {
            // The caller went before the handler was there, which nobody calls any more.
            answer.cancel(false);
        }
        return answer;
    }

    /**
     * Asks, if the caller may, for an answer that is fetched later.
     *
     * @throws ProblemException if the caller has too many questions open, or asks too often
     */
    <T> CompletableFuture<T> askForLater(RoutingContext call, Supplier<CompletableFuture<T>> question) {
        String name = name(call);
        if (!limit.enter(name)) {
            throw tooMany(
                    "Too many questions at once",
                    "You have " + limit.most() + " questions open, as many as"
                            + " sextant.http.max-concurrent-requests allows; ask again when one is answered.",
                    RETRY_SECONDS);
        }
        CompletableFuture<T> answer;
        try {
            requirePace(name);
            answer = question.get();
        } catch (RuntimeException | Error e) {
            limit.leave(name);
            throw e;
        }
        answer.whenComplete((outcome, failure) -> limit.leave(name));
        return answer;
    }

    private void requirePace(String name) {
        int seconds = rate.secondsToWait(name);
        if (seconds > 0) {
            throw tooMany(
                    "Too many questions in a minute",
                    "You ask faster than the " + rate.most() + " questions a minute of"
                            + " sextant.http.max-requests-per-minute; ask again in " + seconds + " s.",
                    seconds);
        }
    }

    private static ProblemException tooMany(String title, String detail, int retrySeconds) {
        return new ProblemException(new Problem(429, "too-many-requests", title, detail, retrySeconds));
    }

    /** Who calls: who logged in, else the address. Of a token it is the subject, as people may choose their names themselves. */
    String name(RoutingContext call) {
        if (identity.isAnonymous()) {
            return "address " + call.request().remoteAddress().hostAddress();
        }
        return identity.getPrincipal() instanceof JsonWebToken token
                ? "subject " + token.getSubject()
                : "user " + identity.getPrincipal().getName();
    }
}
