package io.sextant.app.http;

import io.sextant.core.VisionLanguageModel;
import io.sextant.tasks.TaskRunner;
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
    private final String document;

    @Inject
    OpenApiResource(TaskRunner tasks, VisionLanguageModel model) {
        document = OpenApiDocument.toJson(tasks.registry(), model.info().name());
    }

    /** The document, the same for everybody. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String document() {
        return document;
    }
}
