package io.sextant.tasks.camel;

import io.sextant.core.GenerationSettings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import java.util.List;
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

    TaskInput input(Exchange exchange, TaskDescriptor task) {
        Message message = exchange.getMessage();
        String prompt = text(message, SextantHeaders.PROMPT, step.prompt());
        if (prompt.isBlank() && task.imageNeed() != InputNeed.REQUIRED && message.getBody() instanceof String body) {
            prompt = body;
        }
        RgbImage image = task.imageNeed() == InputNeed.UNUSED ? null : images.image(exchange);
        return new TaskInput(image, history(message), prompt, box(message), settings(message));
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

    private static Round round(Object value) {
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
        Integer tokens = message.getExchange().getContext().getTypeConverter().tryConvertTo(Integer.class, value);
        if (tokens == null || tokens < 1) {
            throw new InvalidRequestException("Header " + SextantHeaders.MAX_NEW_TOKENS
                    + " must be a whole number of at least 1, was \"" + value + "\".");
        }
        return step.settings().withMaxNewTokens(tokens);
    }

    private static InvalidRequestException wrongType(String header, Object value, String wanted) {
        return new InvalidRequestException("Header " + header + " must be " + wanted + ", was a "
                + value.getClass().getName() + ".");
    }
}
