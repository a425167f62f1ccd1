package io.sextant.connectors.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.connectors.message.SourceKey;
import io.sextant.core.error.ErrorCategory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why an image or message was rejected, as the JSON document that lies beside it. */
public final class ReasonJson {
    /** A tombstone: the file or object that holds its body is empty, as that of an empty body is. */
    private static final String NO_BODY = "noBody";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReasonJson() {}

    /** For an image. */
    public static byte[] of(String name, Rejection rejection) {
        return json(name, rejection, Map.of());
    }

    /**
     * For a message, with where it came from, its key and its headers.
     *
     * @param name what its body is called there
     */
    public static byte[] of(String name, DeadLetter letter) {
        Map<String, Object> message = new LinkedHashMap<>();
        letter.origin().forEach(header -> message.put(header.name(), text(Objects.requireNonNull(header.value()))));
        SourceKey key = letter.key();
        if (key != null) {
            message.put("key", Base64.getEncoder().encodeToString(key.toBytes()));
        }
        List<Map<String, Object>> headers = new ArrayList<>();
        letter.headers().forEach(header -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", header.name());
            byte[] value = header.value();
            if (value != null) {
                one.put("value", Base64.getEncoder().encodeToString(value));
            }
            headers.add(one);
        });
        message.put("headers", headers);
        if (letter.body() == null) {
            message.put(NO_BODY, true);
        }
        return json(name, letter.rejection(), message);
    }

    /**
     * Reads the document of a message back.
     *
     * @param position where the letter lies, unlike any other's of its place
     * @param body of the message, as it lies there
     * @throws IOException if it is no JSON
     * @throws IllegalArgumentException if it lacks what such a document has
     */
    public static StoredLetter read(String position, byte[] json, byte[] body) throws IOException {
        JsonNode reason = MAPPER.readTree(json);
        JsonNode origin = reason.path("origin");
        List<DeadLetter.Header> headers = new ArrayList<>();
        for (JsonNode header : origin.path("headers")) {
            headers.add(new DeadLetter.Header(
                    header.path("name").asText(),
                    header.has("value") ? header.path("value").binaryValue() : null));
        }
        return new StoredLetter(
                position,
                new StoredLetter.Reason(
                        reason.path("pipeline").asText(),
                        ErrorCategory.valueOf(reason.path("category").asText()),
                        reason.path("message").asText()),
                origin.has("topic") ? origin.path("topic").asText() : null,
                origin.has("key")
                        ? SourceKey.of(
                                Base64.getDecoder().decode(origin.path("key").asText()))
                        : null,
                origin.path(NO_BODY).asBoolean() ? null : body,
                headers,
                null);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** @param message what else is known of the message that was rejected, if it was one */
    private static byte[] json(String name, Rejection rejection, Map<String, Object> message) {
        Map<String, Object> reason = new LinkedHashMap<>();
        reason.put("image", name);
        reason.put("pipeline", rejection.pipeline());
        reason.put("category", rejection.category().name());
        reason.put("message", rejection.message());
        reason.put("whatToDo", rejection.whatToDo());
        putIfPresent(reason, "stackHash", rejection.stackHash());
        reason.put("attempts", rejection.attempts());
        reason.put("time", rejection.time().toString());
        List<Map<String, Object>> failed = new ArrayList<>();
        for (Rejection.FailedStep step : rejection.failedSteps()) {
            failed.add(json(step));
        }
        reason.put("failedSteps", failed);
        reason.put("publishedSteps", rejection.publishedSteps());
        if (!message.isEmpty()) {
            reason.put("origin", message);
        }
        try {
            return (MAPPER.writeValueAsString(reason) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Text, numbers and lists are always JSON", e);
        }
    }

    private static Map<String, Object> json(Rejection.FailedStep step) {
        Map<String, Object> failed = new LinkedHashMap<>();
        failed.put("step", step.step());
        failed.put("task", step.task());
        failed.put("category", step.category().name());
        failed.put("message", step.message());
        putIfPresent(failed, "stackHash", step.stackHash());
        return failed;
    }

    private static void putIfPresent(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
