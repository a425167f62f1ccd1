package io.sextant.app.http;

import io.quarkus.security.AuthenticationRedirectException;
import io.sextant.app.security.CallOrder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Makes a problem of what fails outside of our own doors: in the framework, or in a library that answers a path by itself. */
@Singleton
final class DoorFailures {
    void register(@Observes Router router) {
        router.route().order(CallOrder.FAILURES).failureHandler(DoorFailures::answer);
    }

    private static void answer(RoutingContext call) {
        Throwable failure = call.failure();
        // Who may not call, and who is sent on by the login, is the login's to tell.
        if (failure instanceof SecurityException
                || failure instanceof AuthenticationRedirectException
                || call.response().headWritten()) {
            call.next();
            return;
        }
        int status = status(call.statusCode(), failure);
        Problem problem =
                status < 500 || failure == null ? FailureMapper.refused(status) : FailureMapper.problem(failure);
        problem.send(call);
    }

    private static int status(int told, @Nullable Throwable failure) {
        if (failure instanceof HttpException known) {
            return known.getStatusCode();
        }
        return told > 0 ? told : 500;
    }
}
