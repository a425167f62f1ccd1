package io.sextant.app.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.sextant.app.security.CallOrder;
import io.sextant.app.security.OwnNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at every call before its body is read: how long that is, by which name it comes, and whether a page of another site sent it. */
@Singleton
final class DoorFilter {
    private static final Logger LOGGER = LoggerFactory.getLogger(DoorFilter.class);

    /** Where clients of the Model Context Protocol call. */
    static final String TOOLS = "/mcp";

    private final Bodies bodies;
    private final OwnNames names;

    @Inject
    DoorFilter(Bodies bodies, OwnNames names) {
        this.bodies = bodies;
        this.names = names;
    }

    void register(@Observes Filters filters) {
        filters.register(
                call -> {
                    try {
                        look(call);
                    } catch (ProblemException e) {
                        e.problem().send(call);
                        return;
                    }
                    call.next();
                },
                -CallOrder.HEADERS);
    }

    private void look(RoutingContext call) {
        HttpServerRequest request = call.request();
        requireOwnName(request.authority());
        requireOwnPage(request.getHeader(HttpHeaders.ORIGIN), String.valueOf(request.authority()));
        List<String> types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        requireMediaTypes("Content-Type", types);
        requireMediaTypes("Accept", request.headers().getAll(HttpHeaders.ACCEPT));
        if (types.size() > 1) {
            throw malformed("The header Content-Type comes more than once; send it once.");
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.matches("\\d{1,18}")) {
            bodies.requireSize(Long.parseLong(length));
        } else if (isTools(call.normalizedPath()) && request.method().equals(HttpMethod.POST)) {
            // The protocol's server reads a body to its end, however long it is.
            throw new ProblemException(new Problem(
                    411,
                    "length-needed",
                    "How long the body is",
                    "The call does not say how long its body is; send Content-Length."));
        }
    }

    /** A browser says by which name it calls; who says none is no browser. */
    private void requireOwnName(@Nullable HostAndPort authority) {
        if (authority != null && !names.include(authority.host())) {
            throw new ProblemException(new Problem(
                    421,
                    "other-host",
                    "Called by another name",
                    "Nobody logs in here, so that no other names than those of this machine are taken, and the call came to \""
                            + authority.host()
                            + "\"; call localhost, or name the host in sextant.http.hosts, or have callers log in."));
        }
    }

    /** Where nobody logs in, any page that a browser on this machine shows could ask the model. */
    private static void requireOwnPage(@Nullable String origin, String host) {
        if (origin != null && !origin.endsWith("://" + host)) {
            throw new ProblemException(new Problem(
                    403,
                    "other-origin",
                    "Called by a page of another site",
                    "Pages of other sites may not call; put them behind the same host."));
        }
    }

    /** The framework would fail as if the fault were its own. */
    private static void requireMediaTypes(String header, List<String> values) {
        for (String value : values) {
            if (!isReadable(header, value)) {
                throw malformed("The header " + header
                        + " holds no media type; send one, such as image/jpeg or application/json, or leave it out.");
            }
        }
    }

    private static boolean isReadable(String header, String value) {
        try {
            return !MediaTypeHelper.parseHeader(value).isEmpty();
        } catch (RuntimeException e) {
            LOGGER.atDebug().addKeyValue("header", header).setCause(e).log("a call has a header that cannot be read");
            return false;
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(new Problem(400, "malformed-header", "A header cannot be read", detail));
    }

    /** Whether clients of the Model Context Protocol call there. */
    static boolean isTools(String path) {
        return path.equals(TOOLS) || path.startsWith(TOOLS + "/");
    }
}
