package io.sextant.tasks.camel;

import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Puts answers into a message: the body in the form the step wants, and headers that say which result it is. */
final class MessageWriter {
    private static final List<String> READ_ONCE = List.of(
            SextantHeaders.TASK,
            SextantHeaders.PROMPT,
            SextantHeaders.BOX,
            SextantHeaders.HISTORY,
            SextantHeaders.MAX_NEW_TOKENS);
    private static final List<String> OF_ONE_RESULT =
            List.of(SextantHeaders.RESULT_ID, SextantHeaders.FINISH_REASON, SextantHeaders.IMAGE_DIGEST);

    private final TaskOutput output;
    private final ResultJson json;

    MessageWriter(TaskStep step) {
        this.output = step.output();
        this.json = step.timings() ? ResultJson.COMPACT : ResultJson.COMPACT.withoutTimings();
    }

    void write(Message message, TaskOutcome outcome, @Nullable RgbImage image) {
        Object body = body(outcome, image);
        head(message, outcome.task());
        message.setHeader(SextantHeaders.RESULT_ID, outcome.id());
        message.setHeader(SextantHeaders.FINISH_REASON, outcome.finishReason().name());
        TaskOutcome.ImageReference reference = outcome.image();
        if (reference != null) {
            message.setHeader(SextantHeaders.IMAGE_DIGEST, reference.digest());
        }
        setBody(message, body);
        if (output.contentType() == null) {
            message.removeHeader(Exchange.CONTENT_TYPE);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, output.contentType());
        }
    }

    /** The answers to a list of images: a list; as JSON, one array. */
    void writeAll(Message message, String task, List<TaskOutcome> outcomes, List<TaskInput> inputs) {
        List<Object> bodies = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            bodies.add(body(outcomes.get(i), inputs.get(i).image()));
        }
        head(message, task);
        if (output == TaskOutput.JSON) {
            message.setBody(bodies.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
            message.setHeader(Exchange.CONTENT_TYPE, output.contentType());
        } else {
            setBody(message, List.copyOf(bodies));
            message.removeHeader(Exchange.CONTENT_TYPE);
        }
    }

    private void setBody(Message message, Object body) {
        message.setBody(body);
        if (output == TaskOutput.IMAGE) {
            ExchangeImages.drawn(message);
        }
    }

    private static void head(Message message, String task) {
        READ_ONCE.forEach(message::removeHeader);
        OF_ONE_RESULT.forEach(message::removeHeader);
        message.setHeader(SextantHeaders.RESULT_TASK, task);
    }

    private Object body(TaskOutcome outcome, @Nullable RgbImage image) {
        return switch (output) {
            case JSON -> json.toText(outcome);
            case MAP -> json.toMap(outcome);
            case TEXT -> outcome.text();
            case OUTCOME -> outcome;
            case IMAGE -> drawn(outcome, image);
        };
    }

    private static byte[] drawn(TaskOutcome outcome, @Nullable RgbImage image) {
        if (image == null) {
            throw new InvalidRequestException("output=IMAGE draws the answer of the task \"" + outcome.task()
                    + "\" on its image, and this message has none; send one, or choose another output.");
        }
        return OutcomeImage.of(outcome, image).toPng();
    }
}
