package io.sextant.app.http;

import io.sextant.app.serving.ModelSwitch;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.serving.SwitchState;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** Which model answers, and its exchange for another. docs/http.md is its contract. */
@Path("/v1/model")
@Singleton
public final class ModelResource {
    private static final String PATH = "/v1/model";
    private static final int RETRY_SECONDS = 1;

    private final ServedModel served;
    private final ModelSwitch modelSwitch;
    private final Bodies bodies;
    private final Caller caller;

    @Inject
    ModelResource(ServedModel served, ModelSwitch modelSwitch, Bodies bodies, Caller caller) {
        this.served = served;
        this.modelSwitch = modelSwitch;
        this.bodies = bodies;
        this.caller = caller;
    }

    /** The model that answers, and how its last exchange stands. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String model() {
        return ModelDocument.of(served, modelSwitch.state().orElse(null));
    }

    /** Begins to exchange it for another. */
    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response exchange(InputStream body, @Context RoutingContext call) throws IOException {
        ModelRequest asked = ModelRequest.of(bodies.read(body));
        SwitchState begun = modelSwitch.begin(asked.model(), asked.isDrained(), caller.name(call));
        return Response.accepted(ModelDocument.of(served, begun))
                .header(HttpHeaders.LOCATION, PATH)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
