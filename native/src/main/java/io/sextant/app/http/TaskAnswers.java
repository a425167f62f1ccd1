package io.sextant.app.http;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskOutcome;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks what a caller asks of tasks, and answers in the form that the caller wants: at once, while it is written, or later. */
@Singleton
final class TaskAnswers {
    private static final String PREFER = "Prefer";
    private static final Pattern LATER = Pattern.compile("(?i)(^|.*[,;]\\s*)respond-async\\s*([,;].*)?");

    private final Questions questions;
    private final Caller caller;
    private final Toolkit toolkit;
    private final ResultStore results;

    @Inject
    TaskAnswers(Questions questions, Caller caller, Toolkit toolkit, ResultStore results) {
        this.questions = questions;
        this.caller = caller;
        this.toolkit = toolkit;
        this.results = results;
    }

    /** The answer of one task. A drawing and events are not kept for later, whatever is preferred. */
    CompletableFuture<Response> one(ImageRequest asked, StepRequest step, AnswerForm form, RoutingContext call) {
        return switch (form) {
            case JSON ->
                documents(
                        call, () -> Linked.then(questions.ask(decoded(asked), step, null), ResultJson.COMPACT::toText));
            case DRAWING ->
                caller.ask(call, () -> {
                    RgbImage image = decoded(asked);
                    return Linked.then(questions.ask(image, step, null), outcome -> drawing(outcome, image));
                });
            case EVENTS -> {
                StreamedAnswer stream = new StreamedAnswer(new TaskEvents());
                yield stream.of(caller.ask(call, () -> questions.ask(decoded(asked), step, stream)));
            }
        };
    }

    /** The answers of several tasks. */
    CompletableFuture<Response> several(ImageRequest asked, List<StepRequest> steps, RoutingContext call) {
        return documents(call, () -> Linked.then(questions.ask(decoded(asked), steps), TaskAnswers::text));
    }

    private CompletableFuture<Response> documents(RoutingContext call, Supplier<CompletableFuture<String>> question) {
        if (!isLater(String.join(",", call.request().headers().getAll(PREFER)))) {
            return caller.ask(call, question).thenApply(TaskAnswers::json);
        }
        String id = results.keep(caller.name(call), caller.askForLater(call, question));
        return CompletableFuture.completedFuture(ResultsResource.accepted(id));
    }

    static boolean isLater(@Nullable String preferences) {
        return preferences != null && LATER.matcher(preferences).matches();
    }

    private RgbImage decoded(ImageRequest asked) {
        return toolkit.decoder().decode(asked.imageName(), asked.content().read());
    }

    private static Response json(String document) {
        return Response.ok(document, MediaType.APPLICATION_JSON).build();
    }

    private static Response drawing(TaskOutcome outcome, RgbImage image) {
        return Response.ok(OutcomeImage.of(outcome, image).toPng(), "image/png").build();
    }

    private static String text(List<TaskOutcome> outcomes) {
        StringBuilder documents = new StringBuilder("{\"results\":[");
        for (int i = 0; i < outcomes.size(); i++) {
            documents.append(i == 0 ? "" : ",").append(ResultJson.COMPACT.toText(outcomes.get(i)));
        }
        return documents.append("]}").toString();
    }
}
