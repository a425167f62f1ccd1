package io.sextant.app.http;

import io.sextant.app.serving.ModelLease;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, as far as the model can do them: one model for each task. docs/http.md is its contract. */
@Path("/v1")
@Singleton
public final class ChatResource {
    private static final String USUAL_TASK = "chat";

    private final Questions questions;
    private final Bodies bodies;
    private final Caller caller;
    private final Toolkit toolkit;
    private final ServedModel served;
    private final Clock clock = Clock.systemUTC();

    @Inject
    ChatResource(Questions questions, Bodies bodies, Caller caller, Toolkit toolkit, ServedModel served) {
        this.questions = questions;
        this.bodies = bodies;
        this.caller = caller;
        this.toolkit = toolkit;
        this.served = served;
    }

    /** The tasks, as models. */
    @GET
    @Path("/models")
    @Produces(MediaType.APPLICATION_JSON)
    public String models() {
        return ChatDocuments.models(served.info().name(), questions.registry());
    }

    /** The next answer of a conversation. */
    @POST
    @Path("/chat/completions")
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, EventStream.MEDIA_TYPE})
    public CompletionStage<Response> complete(InputStream body, @Context RoutingContext call) throws IOException {
        CompletableFuture<Response> answer;
        try {
            answer = answer(ChatRequest.of(bodies.read(body)), call);
        } catch (RuntimeException | Error e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.exceptionally(ChatResource::failed);
    }

    private CompletableFuture<Response> answer(ChatRequest chat, RoutingContext call) {
        long created = clock.instant().getEpochSecond();
        StreamedAnswer stream =
                chat.isStreamed() ? new StreamedAnswer(new ChatEvents(chat.model(), created, chat.hasUsage())) : null;
        CompletableFuture<TaskOutcome> answer =
                caller.ask(call, () -> questions.withModel(lease -> converse(lease, chat, stream)));
        return stream == null
                ? answer.thenApply(outcome -> Response.ok(
                                ChatDocuments.completion(chat.model(), outcome, created), MediaType.APPLICATION_JSON)
                        .build())
                : stream.of(answer);
    }

    private CompletableFuture<TaskOutcome> converse(
            ModelLease lease, ChatRequest chat, @Nullable StreamedAnswer stream) {
        String task = task(chat.model(), lease.info().name());
        List<TaskInput.Round> history = chat.rounds().stream()
                .map(round -> new TaskInput.Round(task, round.prompt(), null, round.answer(), chat.headers()))
                .toList();
        return questions.converse(
                lease,
                task,
                image(chat.image()),
                history,
                chat.prompt(),
                chat.headers(),
                chat.maxTokens(),
                chat.decoding(),
                stream);
    }

    /** {@code NAME:task}; the name alone is free conversation. */
    private String task(String asked, String model) {
        if (asked.equals(model)) {
            return USUAL_TASK;
        }
        String task = asked.startsWith(model + ":") ? asked.substring(model.length() + 1) : "";
        boolean isKnown = questions.registry().find(task).isPresent();
        if (!isKnown) {
            throw new ProblemException(new Problem(
                    404,
                    "no-such-model",
                    "There is no such model",
                    "There is no model of this name; GET /v1/models lists them, \"" + model
                            + "\" alone is conversation."));
        }
        return task;
    }

    /** @param url a data URI or an address, as a body of the other doors may be */
    private @Nullable RgbImage image(@Nullable String url) {
        if (url == null) {
            return null;
        }
        ImageRequest asked = bodies.understand(url.getBytes(StandardCharsets.UTF_8), List.of());
        return toolkit.decoder().decode(asked.imageName(), asked.content().read());
    }

    private static Response failed(Throwable failure) {
        Problem problem = FailureMapper.problem(failure);
        Response.ResponseBuilder response = Response.status(problem.status() == 422 ? 400 : problem.status())
                .type(MediaType.APPLICATION_JSON)
                .entity(ChatDocuments.error(problem));
        if (problem.retryAfterSeconds() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
        }
        return response.build();
    }
}
