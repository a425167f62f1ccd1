package io.sextant.app.http;

import io.quarkiverse.mcp.server.http.runtime.SseMcpConnection;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.McpConnectionBase;
import io.sextant.app.security.CallOrder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of the protocol's two ways over HTTP apart: one that was begun the older way, by {@code GET /mcp/sse}, is none of
 * the newer, and the other way round. The protocol's library has them in one place, and fails over one of the wrong kind.
 */
@Singleton
final class ToolSessions {
    /** Names the session of a call, the newer way. */
    static final String HEADER = "Mcp-Session-Id";

    private static final String ID = "session";

    private final ConnectionManager sessions;

    @Inject
    ToolSessions(ConnectionManager sessions) {
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.route(DoorFilter.TOOLS)
                .order(CallOrder.HEADERS)
                .handler(call -> requireKind(call, call.request().getHeader(HEADER), false));
        router.route(DoorFilter.TOOLS + "/messages/:" + ID)
                .order(CallOrder.HEADERS)
                .handler(call -> requireKind(call, call.pathParam(ID), true));
    }

    private void requireKind(RoutingContext call, @Nullable String id, boolean isOlder) {
        @Nullable McpConnectionBase session = id == null ? null : sessions.get(id);
        if (session == null || session instanceof SseMcpConnection == isOlder) {
            call.next();
        } else {
            call.fail(404);
        }
    }
}
