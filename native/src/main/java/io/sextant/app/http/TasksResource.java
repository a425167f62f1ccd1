package io.sextant.app.http;

import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.message.MessageHeaders;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.VisionTask;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.MultiMap;
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
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/** The tasks over HTTP. docs/http.md is its contract. */
@Path("/v1/tasks")
@Singleton
public final class TasksResource {
    private final Questions questions;
    private final Bodies bodies;
    private final TaskAnswers answers;

    @Inject
    TasksResource(Questions questions, Bodies bodies, TaskAnswers answers) {
        this.questions = questions;
        this.bodies = bodies;
        this.answers = answers;
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
    public CompletionStage<Response> askSeveral(InputStream body, @Context RoutingContext call) throws IOException {
        QuestionFields.requireOnce("query", names(call.queryParams()), Set.of());
        ImageRequest asked = bodies.understand(bodies.read(body), List.of());
        List<StepRequest> steps = questions.ofBody(asked.question());
        return answers.several(asked, steps, call);
    }

    /** One task, with the image as the body, or in JSON. */
    @POST
    @Path("/{name}")
    @Blocking
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, "image/png", EventStream.MEDIA_TYPE})
    public CompletionStage<Response> ask(
            @RestPath String name,
            @RestQuery @Nullable String prompt,
            @RestQuery @Nullable String box,
            @RestQuery @Nullable String maxNewTokens,
            @Context HttpHeaders headers,
            @Context RoutingContext call,
            InputStream body)
            throws IOException {
        QuestionFields.requireOnce("query", names(call.queryParams()), QuestionFields.WORDS);
        return answer(name, bodies.read(body), question(prompt, box), maxNewTokens, headers, call);
    }

    /** One task, with the image as a file of a form. */
    @POST
    @Path("/{name}")
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces({MediaType.APPLICATION_JSON, "image/png", EventStream.MEDIA_TYPE})
    public CompletionStage<Response> askInForm(
            @RestPath String name,
            @RestForm @Nullable FileUpload image,
            @RestForm @Nullable String prompt,
            @RestForm @Nullable String box,
            @RestForm @Nullable String maxNewTokens,
            MultipartFormDataInput form,
            @Context HttpHeaders headers,
            @Context RoutingContext call)
            throws IOException {
        QuestionFields.requireOnce("query", names(call.queryParams()), Set.of());
        List<String> fields = new ArrayList<>();
        form.getValues().forEach((field, values) -> fields.addAll(Collections.nCopies(values.size(), field)));
        QuestionFields.requireOnce("form", fields, QuestionFields.OF_A_FORM);
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
            return answer(name, bodies.read(body), question, maxNewTokens, headers, call);
        }
    }

    private CompletableFuture<Response> answer(
            String name,
            byte[] body,
            List<MessageHeader> question,
            @Nullable String maxNewTokens,
            HttpHeaders headers,
            RoutingContext call) {
        TaskDescriptor task = task(name);
        ImageRequest asked = bodies.understand(body, question);
        List<StepRequest> steps =
                questions.ofTask(name, asked.question(), questions.maxNewTokens(maxNewTokens), read(headers, task));
        return answers.one(asked, steps.get(0), AnswerForm.of(headers), call);
    }

    /** The headers of the call that the task reads. */
    private static Map<String, String> read(HttpHeaders headers, TaskDescriptor task) {
        Map<String, String> values = new HashMap<>();
        for (String header : task.headers().keySet()) {
            String value = headers.getHeaderString(header);
            if (value != null) {
                values.put(header, value);
            }
        }
        return values;
    }

    private TaskDescriptor task(String name) {
        return questions
                .registry()
                .find(name)
                .map(VisionTask::descriptor)
                .orElseThrow(() -> new ProblemException(new Problem(
                        404,
                        "no-such-task",
                        "There is no such task",
                        "There is no task of this name; GET /v1/tasks lists them.")));
    }

    /** Each as often as it stands there. */
    private static List<String> names(MultiMap query) {
        return query.entries().stream().map(Map.Entry::getKey).toList();
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
}
