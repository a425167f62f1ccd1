package io.sextant.app.http;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.image.RgbImage;
import io.sextant.core.message.MessageHeaders;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
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
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The tasks over HTTP. docs/http.md is its contract. */
@Path("/v1/tasks")
@Singleton
public final class TasksResource {
    private static final String PNG = "image/png";

    private final Questions questions;
    private final Bodies bodies;
    private final Caller caller;
    private final Toolkit toolkit;

    @Inject
    TasksResource(Questions questions, Bodies bodies, Caller caller, Toolkit toolkit) {
        this.questions = questions;
        this.bodies = bodies;
        this.caller = caller;
        this.toolkit = toolkit;
    }

    /** The tasks there are, and what each needs. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String list() {
        return TaskList.toJson(questions.registry());
    }

    /** Several tasks about one image, which the body names. */
    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> askSeveral(InputStream body, @Context HttpServerRequest request)
            throws IOException {
        ImageRequest asked = bodies.understand(bodies.read(body), List.of());
        List<StepRequest> steps = questions.ofBody(asked.question());
        return caller.ask(
                request,
                () -> questions
                        .ask(decoded(asked), steps)
                        .thenApply(outcomes -> Response.ok(documents(outcomes)).build()));
    }

    /** One task, with the image as the body, or in JSON. */
    @POST
    @Path("/{name}")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, PNG})
    public CompletionStage<Response> ask(
            @RestPath String name,
            @RestQuery @Nullable String prompt,
            @RestQuery @Nullable String box,
            @RestQuery @Nullable Integer maxNewTokens,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request,
            InputStream body)
            throws IOException {
        return answer(name, bodies.read(body), question(prompt, box), maxNewTokens, headers, request);
    }

    /** One task, with the image as a file of a form. */
    @POST
    @Path("/{name}")
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces({MediaType.APPLICATION_JSON, PNG})
    public CompletionStage<Response> askInForm(
            @RestPath String name,
            @RestForm @Nullable FileUpload image,
            @RestForm @Nullable String prompt,
            @RestForm @Nullable String box,
            @RestForm @Nullable Integer maxNewTokens,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request)
            throws IOException {
        if (image == null) {
            throw new ProblemException(new Problem(
                    422,
                    "invalid-request",
                    "The question cannot be answered",
                    "The form has no file \"image\"; add it."));
        }
        List<MessageHeader> question = question(prompt, box);
        if (image.fileName() != null && !image.fileName().isBlank()) {
            question.add(MessageHeader.of(MessageHeaders.IMAGE_NAME, image.fileName()));
        }
        try (InputStream body = Files.newInputStream(image.uploadedFile())) {
            return answer(name, bodies.read(body), question, maxNewTokens, headers, request);
        }
    }

    private CompletableFuture<Response> answer(
            String name,
            byte[] body,
            List<MessageHeader> question,
            @Nullable Integer maxNewTokens,
            HttpHeaders headers,
            HttpServerRequest request) {
        requireTask(name);
        ImageRequest asked = bodies.understand(body, question);
        List<StepRequest> steps = questions.ofTask(name, asked.question(), maxNewTokens);
        boolean isDrawn = isDrawingWanted(headers);
        return caller.ask(request, () -> {
            RgbImage image = decoded(asked);
            return questions.ask(image, steps).thenApply(outcomes -> {
                TaskOutcome outcome = outcomes.get(0);
                return isDrawn
                        ? Response.ok(OutcomeImage.of(outcome, image).toPng(), PNG)
                                .build()
                        : Response.ok(ResultJson.COMPACT.toText(outcome), MediaType.APPLICATION_JSON)
                                .build();
            });
        });
    }

    private void requireTask(String name) {
        boolean isKnown = questions.registry().tasks().stream()
                .anyMatch(task -> task.descriptor().name().equals(name));
        if (!isKnown) {
            throw new ProblemException(new Problem(
                    404,
                    "no-such-task",
                    "There is no such task",
                    "There is no task of this name; GET /v1/tasks lists them."));
        }
    }

    private static List<MessageHeader> question(@Nullable String prompt, @Nullable String box) {
        List<MessageHeader> headers = new ArrayList<>();
        if (prompt != null) {
            headers.add(MessageHeader.of(MessageHeaders.PROMPT, prompt));
        }
        if (box != null) {
            headers.add(MessageHeader.of(MessageHeaders.BOX, box));
        }
        return headers;
    }

    private RgbImage decoded(ImageRequest asked) {
        return toolkit.decoder().decode(asked.imageName(), asked.content().read());
    }

    /** Whichever of the two the caller likes better; JSON where it is the same to them. */
    private static boolean isDrawingWanted(HttpHeaders headers) {
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (accepted.isCompatible(MediaType.valueOf(PNG))) {
                return true;
            }
        }
        throw new ProblemException(new Problem(
                406,
                "not-acceptable",
                "Nothing that is accepted",
                "Accept application/json, or image/png for the annotated image."));
    }

    private static String documents(List<TaskOutcome> outcomes) {
        StringBuilder documents = new StringBuilder("{\"results\":[");
        for (int i = 0; i < outcomes.size(); i++) {
            documents.append(i == 0 ? "" : ",").append(ResultJson.COMPACT.toText(outcomes.get(i)));
        }
        return documents.append("]}").toString();
    }
}
