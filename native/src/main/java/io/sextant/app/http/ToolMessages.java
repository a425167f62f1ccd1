package io.sextant.app.http;

import io.sextant.app.security.CallOrder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at each message to the tools before the protocol's library does, once its body is there. */
@Singleton
final class ToolMessages {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE);

    void register(@Observes Router router) {
        router.route(DoorFilter.TOOLS).order(CallOrder.TOOLS).handler(ToolMessages::requireMethod);
        router.post(DoorFilter.TOOLS)
                .order(CallOrder.TOOLS)
                .handler(call -> look(call, call.request().getHeader(ToolSessions.HEADER) != null));
        router.post(DoorFilter.TOOLS + "/messages/*").order(CallOrder.TOOLS).handler(call -> look(call, true));
    }

    private static void requireMethod(RoutingContext call) {
        if (METHODS.contains(call.request().method())) {
            call.next();
        } else {
            call.fail(405);
        }
    }

    private static void look(RoutingContext call, boolean isInSession) {
        @Nullable Buffer body = call.body().buffer();
        ToolFault fault = ToolMessage.fault(body == null ? new byte[0] : body.getBytes(), isInSession);
        if (fault == null) {
            call.next();
            return;
        }
        call.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(fault.toJson());
    }
}
