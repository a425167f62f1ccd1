package io.sextant.app.http;

import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.spi.TaskDescriptor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The tasks as tools of the Model Context Protocol. docs/http.md is its contract. */
@Singleton
final class TaskTools {
    private final Questions questions;
    private final Bodies bodies;
    private final Caller caller;
    private final Toolkit toolkit;
    private final CurrentVertxRequest current;

    @Inject
    TaskTools(Questions questions, Bodies bodies, Caller caller, Toolkit toolkit, CurrentVertxRequest current) {
        this.questions = questions;
        this.bodies = bodies;
        this.caller = caller;
        this.toolkit = toolkit;
        this.current = current;
    }

    void register(@Observes StartupEvent event, ToolManager tools) {
        questions.registry().tasks().forEach(task -> {
            TaskDescriptor descriptor = task.descriptor();
            tools.newTool(descriptor.name())
                    .setTitle(descriptor.fullName())
                    .setDescription(descriptor.summary())
                    .setInputSchema(ToolSchema.of(descriptor))
                    .setOutputSchema(ToolSchema.ofAnswer(descriptor))
                    .setAsyncHandler(arguments -> call(descriptor.name(), arguments.args()))
                    .register();
        });
    }

    private Uni<ToolResponse> call(String task, Map<String, Object> arguments) {
        RoutingContext call = current.getCurrent();
        return Uni.createFrom()
                .completionStage(() -> caller.ask(call, () -> onWorker(task, arguments)))
                .onFailure()
                .recoverWithUni(failure -> hasGone(call)
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom().item(failed(failure)));
    }

    /** The library would fail over an answer to somebody who has hung up, and log that as an error. */
    private static boolean hasGone(RoutingContext call) {
        return call.response().closed();
    }

    /** Decoding an image is too long for the thread that serves all callers. */
    private CompletableFuture<ToolResponse> onWorker(String task, Map<String, Object> arguments) {
        CompletableFuture<ToolResponse> made = new CompletableFuture<>();
        Infrastructure.getDefaultWorkerPool().execute(() -> {
            try {
                CompletableFuture<ToolResponse> answer = answer(task, ToolQuestion.of(arguments));
                answer.whenComplete((response, failure) -> {
                    if (failure == null) {
                        made.complete(response);
                    } else {
                        made.completeExceptionally(failure);
                    }
                });
                made.whenComplete((response, failure) -> answer.cancel(false));
            } catch (RuntimeException | Error e) {
                made.completeExceptionally(e);
            }
        });
        return made;
    }

    private CompletableFuture<ToolResponse> answer(String task, ToolQuestion asked) {
        String text = asked.image();
        if (text == null) {
            return Linked.then(
                    questions.withModel(lease -> questions.converse(
                            lease, task, null, List.of(), asked.prompt(), asked.headers(), null, null, null)),
                    outcome -> response(outcome, List.of()));
        }
        ImageRequest request = bodies.understand(text.getBytes(StandardCharsets.UTF_8), asked.asked());
        StepRequest step = questions
                .ofTask(task, request.question(), null, asked.headers())
                .get(0);
        RgbImage image =
                toolkit.decoder().decode(request.imageName(), request.content().read());
        return Linked.then(
                questions.ask(image, step, null),
                outcome -> response(outcome, asked.isDrawn() ? List.of(drawing(outcome, image)) : List.of()));
    }

    private static Content drawing(TaskOutcome outcome, RgbImage image) {
        byte[] png = OutcomeImage.of(outcome, image).toPng();
        return new ImageContent(Base64.getEncoder().encodeToString(png), "image/png");
    }

    private static ToolResponse response(TaskOutcome outcome, List<Content> drawings) {
        List<Content> content = new ArrayList<>();
        content.add(new TextContent(ResultJson.COMPACT.toText(outcome)));
        content.addAll(drawings);
        return new ToolResponse(false, content, ResultJson.COMPACT.toMap(outcome), null);
    }

    private static ToolResponse failed(Throwable failure) {
        Problem problem = FailureMapper.problem(failure);
        return new ToolResponse(true, List.of(new TextContent(problem.detail())), problem.toMap(), null);
    }
}
