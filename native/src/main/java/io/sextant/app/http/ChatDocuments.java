package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.core.FinishReason;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as clients of OpenAI's API read them. */
final class ChatDocuments {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHUNK = "chat.completion.chunk";

    private ChatDocuments() {}

    /** One model for each task. */
    static String models(String model, TaskRegistry registry) {
        List<Map<String, Object>> models = new ArrayList<>();
        registry.tasks()
                .forEach(task -> models.add(object(
                        "id",
                        model + ":" + task.descriptor().name(),
                        "object",
                        "model",
                        "created",
                        0,
                        "owned_by",
                        "sextant")));
        return text(object("object", "list", "data", models));
    }

    /** @param created seconds since 1970 */
    static String completion(String model, TaskOutcome outcome, long created) {
        Map<String, Object> message = object("role", "assistant", "content", outcome.text());
        Map<String, Object> document = answer("chatcmpl-" + outcome.id(), "chat.completion", model, created);
        document.put("choices", List.of(choice("message", message, finish(outcome))));
        document.put("usage", usage(outcome));
        return text(document);
    }

    /** A piece of the text. */
    static String piece(String id, String model, long created, String text) {
        return chunk(id, model, created, choice("delta", object("role", "assistant", "content", text), null));
    }

    /** That nothing follows, and why. */
    static String end(String id, String model, long created, TaskOutcome outcome) {
        return chunk(id, model, created, choice("delta", Map.of(), finish(outcome)));
    }

    /** How many tokens there were. */
    static String usage(String id, String model, long created, TaskOutcome outcome) {
        Map<String, Object> usage = answer(id, CHUNK, model, created);
        usage.put("choices", List.of());
        usage.put("usage", usage(outcome));
        return text(usage);
    }

    static String error(Problem problem) {
        String type = problem.status() == 429
                ? "rate_limit_error"
                : problem.status() < 500 ? "invalid_request_error" : "server_error";
        Map<String, Object> error = object("message", problem.detail(), "type", type, "code", problem.kind());
        error.put("param", null);
        return text(object("error", error));
    }

    private static String chunk(String id, String model, long created, Map<String, Object> choice) {
        Map<String, Object> chunk = answer(id, CHUNK, model, created);
        chunk.put("choices", List.of(choice));
        return text(chunk);
    }

    private static Map<String, Object> answer(String id, String object, String model, long created) {
        return object("id", id, "object", object, "created", created, "model", model);
    }

    private static Map<String, Object> choice(String name, Map<String, Object> content, @Nullable String finish) {
        Map<String, Object> choice = object("index", 0, name, content);
        choice.put("finish_reason", finish);
        return choice;
    }

    private static Map<String, Object> usage(TaskOutcome outcome) {
        return object(
                "prompt_tokens",
                outcome.promptTokens(),
                "completion_tokens",
                outcome.generatedTokens(),
                "total_tokens",
                outcome.promptTokens() + outcome.generatedTokens());
    }

    private static String finish(TaskOutcome outcome) {
        return outcome.finishReason() == FinishReason.END_OF_SEQUENCE ? "stop" : "length";
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    private static String text(Map<String, Object> document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written", e);
        }
    }
}
