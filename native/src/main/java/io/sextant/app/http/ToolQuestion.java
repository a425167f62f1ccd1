package io.sextant.app.http;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ShownText;
import io.sextant.core.message.MessageHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a tool is asked.
 *
 * @param image in Base64 or a data URI, or null for none
 * @param prompt the words, empty for none
 * @param box {@code xMin,yMin,xMax,yMax} in pixels of the upright image, or null for none
 * @param isDrawn whether the image is wanted with the findings drawn on it
 * @param headers those of a message that the task reads, by name
 */
record ToolQuestion(
        @Nullable String image, String prompt, @Nullable String box, boolean isDrawn, Map<String, String> headers) {

    /** @throws InvalidRequestException naming the argument that cannot be used */
    static ToolQuestion of(Map<String, Object> arguments) {
        for (String name : arguments.keySet()) {
            require(
                    ToolSchema.NAMES.contains(name),
                    "There is no argument \"" + ShownText.of(name) + "\"; there are " + new TreeSet<>(ToolSchema.NAMES)
                            + ".");
        }
        String prompt = text(arguments, ToolSchema.PROMPT);
        ToolQuestion question = new ToolQuestion(
                text(arguments, ToolSchema.IMAGE),
                prompt == null ? "" : prompt,
                text(arguments, ToolSchema.BOX),
                truth(arguments, ToolSchema.DRAW),
                texts(arguments, ToolSchema.HEADERS));
        String image = question.image();
        require(
                image != null || (question.box() == null && !question.isDrawn()),
                "box and draw are about an image; send image too.");
        // Such a text could be a whole request, with questions of its own.
        require(
                image == null || !image.stripLeading().matches("(?s)[{\"].*"),
                "image is JSON; send the image alone, in Base64 or as a data URI.");
        return question;
    }

    /** What is asked, as messages have it beside their image. */
    List<MessageHeader> asked() {
        List<MessageHeader> headers = new ArrayList<>();
        headers.add(MessageHeader.of(MessageHeaders.PROMPT, prompt));
        if (box != null) {
            headers.add(MessageHeader.of(MessageHeaders.BOX, box));
        }
        return headers;
    }

    private static @Nullable String text(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        require(value == null || value instanceof String, name + " must be text.");
        return (String) value;
    }

    private static Map<String, String> texts(Map<String, Object> arguments, String name) {
        Map<String, String> texts = new HashMap<>();
        Object value = arguments.getOrDefault(name, Map.of());
        require(value instanceof Map, name + " must be an object of texts.");
        ((Map<?, ?>) value).forEach((key, text) -> {
            require(text instanceof String, name + "." + ShownText.of(String.valueOf(key)) + " must be text.");
            texts.put(String.valueOf(key), (String) text);
        });
        return texts;
    }

    private static boolean truth(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        require(value == null || value instanceof Boolean, name + " must be true or false.");
        return Boolean.TRUE.equals(value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidRequestException(message);
        }
    }
}
