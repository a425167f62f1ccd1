package io.sextant.app.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.resteasy.reactive.RestPath;

/** Answers that are fetched later. docs/http.md is its contract. */
@Path("/v1/results/{id}")
@Singleton
public final class ResultsResource {
    private static final int RETRY_SECONDS = 1;

    private final ResultStore results;
    private final Caller caller;

    @Inject
    ResultsResource(ResultStore results, Caller caller) {
        this.results = results;
        this.caller = caller;
    }

    /** What is said where a question will be answered later. */
    static Response accepted(String id) {
        return pending(id)
                .header(HttpHeaders.LOCATION, path(id))
                .header("Preference-Applied", "respond-async")
                .build();
    }

    /** The answer, why there is none, or that it is not there yet. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response fetch(@RestPath String id, @Context RoutingContext call) {
        CompletableFuture<String> answer = results.find(caller.name(call), id).orElseThrow(ResultsResource::unknown);
        if (!answer.isDone()) {
            return pending(id).build();
        }
        try {
            return Response.ok(answer.join(), MediaType.APPLICATION_JSON).build();
        } catch (CompletionException e) {
            return FailureMapper.problem(e).toResponse();
        }
    }

    /** Forgets the answer, and gives the question up where it has none yet. */
    @DELETE
    public Response forget(@RestPath String id, @Context RoutingContext call) {
        if (!results.remove(caller.name(call), id)) {
            throw unknown();
        }
        return Response.noContent().build();
    }

    private static Response.ResponseBuilder pending(String id) {
        return Response.accepted("{\"id\":\"" + id + "\",\"status\":\"running\",\"url\":\"" + path(id) + "\"}")
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }

    private static String path(String id) {
        return "/v1/results/" + id;
    }

    private static ProblemException unknown() {
        return new ProblemException(new Problem(
                404,
                "no-such-result",
                "There is no such result",
                "You asked nothing of this id, or the answer has been forgotten; ask again."));
    }
}
