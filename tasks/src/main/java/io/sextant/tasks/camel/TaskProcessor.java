package io.sextant.tasks.camel;

import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRunner;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Puts a message through a task, for {@code process(…)}; the component {@code sextant} does the same for {@code to(…)}.
 *
 * <p>The image is the body: bytes, a stream, a file, or a decoded {@link RgbImage}. Where the body is none of these, the
 * image of an earlier step is asked about again. A text body without words elsewhere is the prompt of a task that needs
 * no image. The answer becomes the body; headers say which result it is, see {@link SextantHeaders}.
 *
 * <p>Blocks while the model answers. Failures are {@link io.sextant.core.error.SextantException}s and stay the exchange's
 * exception. Thread-safe.
 */
public final class TaskProcessor implements Processor {
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

    @Override
    public void process(Exchange exchange) {
        String task = reader.task(exchange.getMessage());
        TaskInput input = reader.input(exchange, runner.registry().task(task).descriptor());
        TaskOutcome outcome = runner.run(task, input);
        write(exchange.getMessage(), outcome);
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
