package io.sextant.app.web;

import io.quarkus.security.identity.SecurityIdentity;
import io.sextant.app.security.Role;
import io.sextant.app.serving.ModelSwitch;
import io.sextant.core.error.SextantException;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages at {@code /} and what belongs to them. docs/console.md is its contract. */
@Path("/")
@Singleton
public final class ConsoleResource {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleResource.class);
    private static final String HTML = "text/html; charset=UTF-8";

    /** By name, with the media type. */
    private static final Map<String, String> FILES =
            Map.of("console.css", "text/css; charset=UTF-8", "console.js", "text/javascript; charset=UTF-8");

    /** Its own script and style, images that it was given, and nothing from anywhere else. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' blob: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Templates templates;
    private final ConsoleState state;
    private final WatchedPipelines pipelines;
    private final PipelineSwitch pipelineSwitch;
    private final Letters letters;
    private final ModelSwitch modelSwitch;
    private final SecurityIdentity identity;

    @Inject
    ConsoleResource(
            Templates templates,
            ConsoleState state,
            WatchedPipelines pipelines,
            PipelineSwitch pipelineSwitch,
            Letters letters,
            ModelSwitch modelSwitch,
            SecurityIdentity identity) {
        this.templates = templates;
        this.state = state;
        this.pipelines = pipelines;
        this.pipelineSwitch = pipelineSwitch;
        this.letters = letters;
        this.modelSwitch = modelSwitch;
        this.identity = identity;
    }

    /** The first page. */
    @GET
    @Blocking
    public Response console(@Context RoutingContext call) {
        return page(call, templates.console(state.shown(isOperator())), HTML);
    }

    /** What of the first page changes by itself. */
    @GET
    @Path("console/state")
    @Blocking
    public Response changing(@Context RoutingContext call) {
        return page(call, templates.state(state.shown(isOperator())), HTML);
    }

    /** Script and style. */
    @GET
    @Path("console/{file}")
    public Response file(@RestPath String file, @Context RoutingContext call) {
        String type = FILES.get(file);
        if (type == null) {
            throw new NotFoundException();
        }
        return page(call, ConsoleFile.text(file), type);
    }

    /** Lets a pipeline take nothing more. */
    @POST
    @Path("console/pipelines/{name}/pause")
    @Blocking
    public Response pause(@RestPath String name) {
        pipelineSwitch.pause(pipeline(name).pipeline().routeId());
        return back("/#pipelines");
    }

    /** Lets a pipeline go on. */
    @POST
    @Path("console/pipelines/{name}/start")
    @Blocking
    public Response start(@RestPath String name) {
        pipelineSwitch.start(pipeline(name).pipeline().routeId());
        return back("/#pipelines");
    }

    /** The dead letters of a pipeline. */
    @GET
    @Path("console/letters/{name}")
    @Blocking
    public Response letters(@RestPath String name, @RestQuery @Nullable String sent, @Context RoutingContext call) {
        return page(
                call, templates.letters(letters.shown(pipeline(name).pipeline().name(), sent)), HTML);
    }

    /** Sends the dead letters of a pipeline back to where their messages came from. */
    @POST
    @Path("console/letters/{name}/replay")
    @Blocking
    public Response replay(@RestPath String name) {
        return back("/console/letters/" + name + "?sent="
                + letters.replay(pipeline(name).pipeline().name()));
    }

    /** Sends those back that were chosen on the page; none where none was. */
    @POST
    @Path("console/letters/{name}/replay/chosen")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    public Response replay(@RestPath String name, @RestForm List<String> letter) {
        int sent = letters.replay(pipeline(name).pipeline().name(), Set.copyOf(letter));
        return back("/console/letters/" + name + "?sent=" + sent);
    }

    /** Exchanges the model; what stands against it is shown on the page. */
    @POST
    @Path("console/model")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    public Response exchange(
            @RestForm @Nullable String model, @RestForm @Nullable String drain, @Context RoutingContext call) {
        try {
            modelSwitch.begin(model == null ? "" : model.strip(), drain != null, operator(call));
        } catch (SextantException e) {
            LOGGER.atDebug().setCause(e).log("the model is not exchanged");
        }
        return back("/#model");
    }

    private String operator(RoutingContext call) {
        return identity.isAnonymous()
                ? "address " + call.request().remoteAddress().hostAddress()
                : "user " + identity.getPrincipal().getName();
    }

    private WatchedPipeline pipeline(String name) {
        return pipelines.named(name).orElseThrow(NotFoundException::new);
    }

    /** Where nobody logs in, everybody may everything. */
    private boolean isOperator() {
        return identity.isAnonymous() || identity.hasRole(Role.OPERATOR.word());
    }

    private static Response back(String path) {
        return Response.seeOther(URI.create(path)).build();
    }

    /** Its rules for browsers take the place of those that every answer has. */
    private static Response page(RoutingContext call, String text, String type) {
        call.response()
                .headers()
                .set("Content-Security-Policy", POLICY)
                // Without an address a browser would call the page's own forms those of a page of no site.
                .set("Referrer-Policy", "same-origin");
        return Response.ok(text, MediaType.valueOf(type))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
