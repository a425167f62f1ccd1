package io.sextant.app.http;

import io.sextant.app.serving.ServedModel;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.tasks.TaskRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Describes the doors to programs. */
@Path("/v1/openapi.json")
@Singleton
public final class OpenApiResource {
    private final TaskRegistry registry;
    private final ServedModel served;

    @Inject
    OpenApiResource(Toolkit toolkit, ServedModel served) {
        this.registry = toolkit.registry();
        this.served = served;
    }

    /** The document, the same for everybody while one model is served: an example names it. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String document() {
        return OpenApiDocument.toJson(registry, served.info().name());
    }
}
