package io.sextant.app.http;

import io.sextant.tasks.TaskSchemas;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What a tool takes, only what its task uses, and what it answers, as JSON Schema. */
final class ToolSchema {
    static final String IMAGE = "image";
    static final String PROMPT = "prompt";
    static final String BOX = "box";
    static final String DRAW = "draw";
    static final String HEADERS = "headers";

    /** All arguments there are. */
    static final Set<String> NAMES = Set.of(IMAGE, PROMPT, BOX, DRAW, HEADERS);

    private ToolSchema() {}

    static JsonObject of(TaskDescriptor task) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        String example = task.examplePrompt();
        String words = example.isEmpty() ? "The words of the question." : "The words, for example: " + example;
        add(properties, required, IMAGE, task.imageNeed(), "The image, in Base64 or as a data URI.");
        add(properties, required, PROMPT, task.promptNeed(), words);
        add(properties, required, BOX, task.boxNeed(), "xMin,yMin,xMax,yMax in pixels of the upright image.");
        if (task.imageNeed() != InputNeed.UNUSED) {
            properties.put(DRAW, property("boolean", "Whether to send the image with the findings drawn on it too."));
        }
        if (!task.headers().isEmpty()) {
            properties.put(HEADERS, headers(task));
        }
        if (task.headers().containsValue(InputNeed.REQUIRED)) {
            required.add(HEADERS);
        }
        return object(properties, required);
    }

    private static JsonObject headers(TaskDescriptor task) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        new TreeMap<>(task.headers())
                .forEach((header, need) ->
                        add(properties, required, header, need, "Words for {header." + header + "}."));
        return object(properties, required);
    }

    private static JsonObject object(JsonObject properties, JsonArray required) {
        return new JsonObject()
                .put("type", "object")
                .put("properties", properties)
                .put("required", required)
                .put("additionalProperties", false);
    }

    /** The result document; of a call that fails, the problem. */
    static JsonObject ofAnswer(TaskDescriptor task) {
        return new JsonObject()
                .put("type", "object")
                .put("anyOf", new JsonArray(List.of(TaskSchemas.ofDocument(task), Problem.schema())));
    }

    private static void add(JsonObject properties, JsonArray required, String name, InputNeed need, String meaning) {
        if (need != InputNeed.UNUSED) {
            properties.put(name, property("string", meaning));
        }
        if (need == InputNeed.REQUIRED) {
            required.add(name);
        }
    }

    private static JsonObject property(String type, String meaning) {
        return new JsonObject().put("type", type).put("description", meaning);
    }
}
