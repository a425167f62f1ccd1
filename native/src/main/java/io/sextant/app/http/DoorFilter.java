package io.sextant.app.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Looks at a call before its body is read: how long that is, and whether a page of another site sent it. */
public final class DoorFilter {
    private static final String ORIGIN = "Origin";

    private final Bodies bodies;

    @Inject
    DoorFilter(Bodies bodies) {
        this.bodies = bodies;
    }

    /** Where nobody logs in, any page that a browser on this machine shows could ask the model. */
    @ServerRequestFilter(preMatching = true)
    public void look(ContainerRequestContext call) {
        String origin = call.getHeaderString(ORIGIN);
        String host = call.getUriInfo().getRequestUri().getAuthority();
        if (origin != null && !origin.endsWith("://" + host)) {
            throw new ProblemException(new Problem(
                    403,
                    "other-origin",
                    "Called by a page of another site",
                    "Pages of other sites may not call; put them behind the same host."));
        }
        String length = call.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.matches("\\d{1,18}")) {
            bodies.requireSize(Long.parseLong(length));
        }
    }
}
