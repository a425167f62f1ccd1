package io.sextant.tasks.camel;

import io.sextant.core.GenerationSettings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Reads a question off a message: what its headers say, then what the step says. */
final class MessageReader {
    private final ExchangeImages images;
    private final TaskStep step;

    MessageReader(ExchangeImages images, TaskStep step) {
        this.images = images;
        this.step = step;
    }

    String task(Message message) {
        return text(message, SextantHeaders.TASK, step.task());
    }

    /**
     * What is asked.
     *
     * @throws InvalidRequestException if a header cannot be read, or the body is nothing that the task can use
     */
    Question question(Exchange exchange, TaskDescriptor task) {
        Message message = exchange.getMessage();
        String prompt = text(message, SextantHeaders.PROMPT, step.prompt());
        TaskInput words = TaskInput.builder(null)
                .history(history(message))
                .prompt(prompt)
                .box(box(message))
                .settings(settings(message))
                .headers(headers(message, task))
                .build();
        if (task.imageNeed() == InputNeed.UNUSED) {
            return new Question(List.of(withPromptOfBody(words, message)), false);
        }
        List<RgbImage> batch = images.batch(exchange);
        if (batch != null) {
            return new Question(
                    batch.stream().map(image -> withImage(words, image)).toList(), true);
        }
        RgbImage image = images.image(exchange);
        if (image == null) {
            requireUsable(exchange, task);
        }
        TaskInput asked = task.imageNeed() == InputNeed.REQUIRED ? words : withPromptOfBody(words, message);
        return new Question(List.of(withImage(asked, image)), false);
    }

    private static TaskInput withImage(TaskInput input, @Nullable RgbImage image) {
        return input.toBuilder().image(image).build();
    }

    private static TaskInput withPromptOfBody(TaskInput input, Message message) {
        return input.prompt().isBlank() && message.getBody() instanceof String body
                ? input.toBuilder().prompt(body).build()
                : input;
    }

    /** An empty body is the task's own matter: some need no image. */
    private static void requireUsable(Exchange exchange, TaskDescriptor task) {
        Object body = exchange.getMessage().getBody();
        String attached = AttachedImages.told(exchange);
        boolean isPrompt = task.imageNeed() != InputNeed.REQUIRED && body instanceof String;
        if ((body != null || !attached.isEmpty()) && !isPrompt) {
            throw new InvalidRequestException("Task \"" + task.name() + "\" needs an image, and the body is "
                    + ExchangeImages.kind(body) + (attached.isEmpty() ? "" : ", with " + attached + " attached") + "; "
                    + ExchangeImages.KINDS + ".");
        }
    }

    /**
     * @param inputs one for each image; one where there is none
     * @param isBatch whether the body is a list, and so is the answer
     */
    record Question(List<TaskInput> inputs, boolean isBatch) {}

    private static Map<String, String> headers(Message message, TaskDescriptor task) {
        Map<String, String> headers = new HashMap<>();
        for (String header : task.headers().keySet()) {
            Object value = message.getHeader(header);
            if (value instanceof Number || value instanceof Boolean || value instanceof Enum<?>) {
                headers.put(header, value.toString());
            } else if (value != null) {
                headers.put(header, text(message, header, ""));
            }
        }
        return headers;
    }

    private static String text(Message message, String header, String otherwise) {
        Object value = message.getHeader(header);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof byte[] || value instanceof CharSequence) {
            return message.getHeader(header, String.class);
        }
        throw wrongType(header, value, "text");
    }

    private @Nullable PixelBox box(Message message) {
        Object value = message.getHeader(SextantHeaders.BOX);
        if (value == null) {
            return step.box();
        }
        return value instanceof PixelBox box ? box : box(text(message, SextantHeaders.BOX, ""));
    }

    /** @throws InvalidRequestException saying how a box is written */
    static PixelBox box(String text) {
        try {
            return PixelBox.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("The box " + e.getMessage() + ".", e);
        }
    }

    private static List<Round> history(Message message) {
        Object value = message.getHeader(SextantHeaders.HISTORY);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(MessageReader::round).toList();
        }
        return HistoryText.parse(text(message, SextantHeaders.HISTORY, ""));
    }

    private static Round round(@Nullable Object value) {
        if (value instanceof Round round) {
            return round;
        }
        throw wrongType(SextantHeaders.HISTORY, value, "a list of TaskInput.Round, or JSON text");
    }

    private GenerationSettings settings(Message message) {
        Object value = message.getHeader(SextantHeaders.MAX_NEW_TOKENS);
        if (value == null) {
            return step.settings();
        }
        Integer tokens = wholeNumber(message, value);
        if (tokens == null || tokens < 1) {
            throw new InvalidRequestException("Header " + SextantHeaders.MAX_NEW_TOKENS
                    + " must be a whole number of at least 1, was \"" + value + "\".");
        }
        return step.settings().withMaxNewTokens(tokens);
    }

    /** Null where it is none, or too large: Camel's conversion would cut a number off. */
    private static @Nullable Integer wholeNumber(Message message, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() == number.intValue() ? number.intValue() : null;
        }
        return message.getExchange().getContext().getTypeConverter().tryConvertTo(Integer.class, value);
    }

    private static InvalidRequestException wrongType(String header, @Nullable Object value, String wanted) {
        String found = value == null ? "empty" : "a " + value.getClass().getName();
        return new InvalidRequestException("Header " + header + " must be " + wanted + ", was " + found + ".");
    }
}
