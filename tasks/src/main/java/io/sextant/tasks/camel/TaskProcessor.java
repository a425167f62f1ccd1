package io.sextant.tasks.camel;

import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRunner;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Puts a message through a task, for {@code process(…)}; the component {@code sextant} does the same for {@code to(…)}.
 *
 * <p>The image is the body: bytes, a stream, a file, or a decoded {@link RgbImage}. Where the body is none of these, the
 * image of an earlier step is asked about again. A text body without words elsewhere is the prompt of a task that needs
 * no image. The answer becomes the body; headers say which result it is, see {@link SextantHeaders}.
 *
 * <p>In a route it hands the question over and gives its thread back; the route goes on once the model has answered, on another
 * thread, so that a consumer which does not wait for its exchanges has several answered side by side. Failures are {@link
 * io.sextant.core.error.SextantException}s and stay the exchange's exception. Thread-safe.
 */
public final class TaskProcessor implements AsyncProcessor {
    private static final List<String> READ_ONCE = List.of(
            SextantHeaders.TASK,
            SextantHeaders.PROMPT,
            SextantHeaders.BOX,
            SextantHeaders.HISTORY,
            SextantHeaders.MAX_NEW_TOKENS);

    private final TaskRunner runner;
    private final MessageReader reader;
    private final TaskStep step;
    private final ResultJson json;

    /**
     * @param runner answers
     * @param decoder reads images within its limits
     * @param step what to ask
     */
    public TaskProcessor(TaskRunner runner, ImageDecoder decoder, TaskStep step) {
        this.runner = Objects.requireNonNull(runner, "runner");
        this.step = Objects.requireNonNull(step, "step");
        this.reader = new MessageReader(new ExchangeImages(decoder), step);
        this.json = step.timings() ? ResultJson.COMPACT : ResultJson.COMPACT.withoutTimings();
    }

    /** Waits while the model answers, and throws where it fails. */
    @Override
    public void process(Exchange exchange) {
        String task = reader.task(exchange.getMessage());
        TaskInput input = reader.input(exchange, runner.registry().task(task).descriptor());
        TaskOutcome outcome = runner.run(task, input);
        write(exchange.getMessage(), outcome);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<TaskOutcome> answer;
        try {
            String task = reader.task(exchange.getMessage());
            TaskInput input =
                    reader.input(exchange, runner.registry().task(task).descriptor());
            answer = runner.submit(task, input).toCompletableFuture();
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        boolean isDoneAtOnce = answer.isDone();
        answer.whenComplete((outcome, failure) -> {
            finish(exchange, outcome, failure);
            callback.done(isDoneAtOnce);
        });
        return isDoneAtOnce;
    }

    @Override
    public CompletableFuture<Exchange> processAsync(Exchange exchange) {
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        process(exchange, isDoneAtOnce -> done.complete(exchange));
        return done;
    }

    private void finish(Exchange exchange, @Nullable TaskOutcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            exchange.setException(failure);
            return;
        }
        try {
            write(exchange.getMessage(), outcome);
        } catch (RuntimeException e) {
            exchange.setException(e);
        }
    }

    private void write(Message message, TaskOutcome outcome) {
        READ_ONCE.forEach(message::removeHeader);
        message.setHeader(SextantHeaders.RESULT_TASK, outcome.task());
        message.setHeader(SextantHeaders.RESULT_ID, outcome.id());
        message.setHeader(SextantHeaders.FINISH_REASON, outcome.finishReason().name());
        message.removeHeader(SextantHeaders.IMAGE_DIGEST);
        TaskOutcome.ImageReference image = outcome.image();
        if (image != null) {
            message.setHeader(SextantHeaders.IMAGE_DIGEST, image.digest());
        }
        switch (step.output()) {
            case JSON -> {
                message.setBody(json.toText(outcome));
                message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            }
            case TEXT -> {
                message.setBody(outcome.text());
                message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
            }
            case OUTCOME -> message.setBody(outcome);
        }
    }
}
