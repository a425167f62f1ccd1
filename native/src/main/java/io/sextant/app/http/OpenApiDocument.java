package io.sextant.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.app.serving.AskedModel;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskSchemas;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The doors in OpenAPI's words: a path for each task of the registry, each with an example that can be sent as it stands. */
final class OpenApiDocument {
    /** A red square on white, 32 pixels wide and high. */
    private static final String EXAMPLE_IMAGE =
            "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAL0lEQVR42mP4T2PAMGrBqAVD2IITNhokoVELRi0YtWDUglELhqcFo1XmqAUj"
                    + "yAIAdigjl1E1yhMAAAAASUVORK5CYII=";

    private static final List<Integer> EXAMPLE_BOX = List.of(8, 8, 24, 24);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String JSON = "application/json";

    private OpenApiDocument() {}

    /** The document as JSON. */
    static String toJson(TaskRegistry registry, String model) {
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put("/v1/tasks", Map.of("get", listing("The tasks, and what each needs"), "post", several(registry)));
        registry.tasks()
                .forEach(task ->
                        paths.put("/v1/tasks/" + task.descriptor().name(), Map.of("post", one(task.descriptor()))));
        paths.put("/v1/results/{id}", results());
        paths.put("/v1/model", model());
        paths.put("/v1/models", Map.of("get", listing("The tasks, as models of OpenAI's API")));
        paths.put("/v1/chat/completions", Map.of("post", chat(model)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Sextant",
                        "version",
                        "1",
                        "summary",
                        "Vision-language tasks about images, by one model"));
        document.put("paths", paths);
        document.put("components", components());
        document.put("security", List.of(Map.of(), Map.of("login", List.of()), Map.of("token", List.of())));
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written", e);
        }
    }

    private static Map<String, Object> one(TaskDescriptor task) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        add(properties, required, "image", task.imageNeed(), reference("Image"));
        add(properties, required, "prompt", task.promptNeed(), Map.of("type", "string"));
        add(properties, required, "box", task.boxNeed(), reference("Box"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", Map.of("type", "object", "properties", properties, "required", required));
        json.put("example", example(task));
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(JSON, json);
        content.put(
                "multipart/form-data",
                Map.of("schema", Map.of("type", "object", "properties", fields(task), "required", required)));
        content.put("image/*", Map.of("schema", Map.of("type", "string", "format", "binary")));
        Map<String, Object> call = call(task.name(), task.fullName() + ": " + task.summary(), content);
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put(JSON, Map.of("schema", TaskSchemas.ofDocument(task)));
        answers.put("image/png", Map.of("schema", Map.of("type", "string", "format", "binary")));
        answers.put(EventStream.MEDIA_TYPE, Map.of("schema", Map.of("type", "string")));
        call.put("parameters", parameters(task));
        call.put("responses", responses(answers, true));
        return call;
    }

    /** Those of a form. */
    private static Map<String, Object> fields(TaskDescriptor task) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", Map.of("type", "string", "format", "binary"));
        fields.putAll(words(task));
        return fields;
    }

    /** What stands beside an image that is no JSON: in the query where the image is the body, in its form else. */
    private static Map<String, Object> words(TaskDescriptor task) {
        Map<String, Object> words = new LinkedHashMap<>();
        add(words, new ArrayList<>(), "prompt", task.promptNeed(), Map.of("type", "string"));
        add(
                words,
                new ArrayList<>(),
                "box",
                task.boxNeed(),
                Map.of("type", "string", "description", "xMin,yMin,xMax,yMax in pixels of the upright image"));
        words.put("maxNewTokens", Map.of("type", "integer", "minimum", 1));
        return words;
    }

    /** The query, the headers that a task reads, and what every call may say. */
    private static List<Map<String, Object>> parameters(TaskDescriptor task) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        words(task)
                .forEach((name, schema) -> parameters.add(Map.of(
                        "name",
                        name,
                        "in",
                        "query",
                        "description",
                        "Where the body is no form and does not say it",
                        "schema",
                        schema)));
        new TreeMap<>(task.headers())
                .forEach((header, need) -> parameters.add(Map.of(
                        "name",
                        header,
                        "in",
                        "header",
                        "required",
                        need == InputNeed.REQUIRED,
                        "schema",
                        Map.of("type", "string"),
                        "example",
                        header)));
        parameters.add(prefer());
        return parameters;
    }

    private static void add(
            Map<String, Object> properties,
            List<String> required,
            String name,
            InputNeed need,
            Map<String, Object> schema) {
        if (need != InputNeed.UNUSED) {
            properties.put(name, schema);
        }
        if (need == InputNeed.REQUIRED) {
            required.add(name);
        }
    }

    private static Map<String, Object> example(TaskDescriptor task) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("image", Map.of("data", EXAMPLE_IMAGE));
        if (task.promptNeed() != InputNeed.UNUSED) {
            example.put("prompt", task.examplePrompt().isEmpty() ? "a red square" : task.examplePrompt());
        }
        if (task.boxNeed() != InputNeed.UNUSED) {
            example.put("box", EXAMPLE_BOX);
        }
        return example;
    }

    private static Map<String, Object> several(TaskRegistry registry) {
        List<Map<String, Object>> steps = registry.tasks().stream()
                .map(task -> {
                    Map<String, Object> step = example(task.descriptor());
                    step.remove("image");
                    step.put("task", task.descriptor().name());
                    Map<String, String> headers = new TreeMap<>();
                    task.descriptor().headers().keySet().forEach(header -> headers.put(header, header));
                    if (!headers.isEmpty()) {
                        step.put("headers", headers);
                    }
                    return step;
                })
                .toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "schema",
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("image", reference("Image"), "steps", Map.of("type", "array", "minItems", 1)),
                        "required",
                        List.of("image", "steps")));
        json.put("example", Map.of("image", Map.of("data", EXAMPLE_IMAGE), "steps", steps));
        Map<String, Object> call =
                call("askSeveral", "Several tasks about one image, which is encoded once", Map.of(JSON, json));
        Map<String, Object> results = Map.of("type", "array", "items", reference("Result"));
        call.put("parameters", List.of(prefer()));
        call.put(
                "responses",
                responses(
                        Map.of(
                                JSON,
                                Map.of("schema", Map.of("type", "object", "properties", Map.of("results", results)))),
                        true));
        return call;
    }

    private static Map<String, Object> chat(String model) {
        Map<String, Object> example = Map.of(
                "model", model, "messages", List.of(Map.of("role", "user", "content", "what could happen next?")));
        Map<String, Object> call = call(
                "createChatCompletion",
                "The next answer of a conversation, as clients of OpenAI's API ask for it",
                Map.of(JSON, Map.of("schema", Map.of("type", "object"), "example", example)));
        call.put("responses", responses(Map.of(JSON, Map.of("schema", Map.of("type", "object"))), false));
        return call;
    }

    private static Map<String, Object> model() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                ModelRequest.MODEL,
                Map.of("type", "string", "description", "A model folder, or embedded for the one that comes along"));
        properties.put(
                ModelRequest.DRAIN,
                Map.of(
                        "type",
                        "boolean",
                        "description",
                        "Whether the earlier model goes before the new one is loaded, whatever memory there is"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", Map.of("type", "object", "properties", properties, "required", List.of(ModelRequest.MODEL)));
        json.put("example", Map.of(ModelRequest.MODEL, AskedModel.EMBEDDED));
        Map<String, Object> exchange = call(
                "exchangeModel",
                "Exchanges the model that answers for another; an operator's call",
                Map.of(JSON, json));
        Map<String, Object> responses = new LinkedHashMap<>(responses(Map.of(), false));
        responses.remove("200");
        responses.put("202", Map.of("description", "It has begun; GET says how far it is"));
        exchange.put("responses", responses);
        return Map.of("get", listing("The model that answers, and how its last exchange stands"), "post", exchange);
    }

    private static Map<String, Object> results() {
        Map<String, Object> id =
                Map.of("name", "id", "in", "path", "required", true, "schema", Map.of("type", "string"));
        Map<String, Object> fetch = listing("An answer that was asked for with \"Prefer: respond-async\"");
        fetch.put("responses", responses(Map.of(JSON, Map.of("schema", reference("Result"))), true));
        Map<String, Object> forget = new LinkedHashMap<>();
        forget.put("summary", "Forgets an answer, and gives the question up where it has none yet");
        Map<String, Object> forgotten = new LinkedHashMap<>(responses(Map.of(), false));
        forgotten.remove("200");
        forgotten.put("204", Map.of("description", "It is forgotten"));
        forget.put("responses", forgotten);
        return Map.of("parameters", List.of(id), "get", fetch, "delete", forget);
    }

    private static Map<String, Object> listing(String summary) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("summary", summary);
        call.put("responses", responses(Map.of(JSON, Map.of("schema", Map.of("type", "object"))), false));
        return call;
    }

    private static Map<String, Object> call(String name, String summary, Map<String, Object> content) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("operationId", name);
        call.put("summary", summary);
        call.put("requestBody", Map.of("required", true, "content", content));
        return call;
    }

    private static Map<String, Object> responses(Map<String, Object> answers, boolean isLaterPossible) {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", Map.of("description", "The answer", "content", answers));
        if (isLaterPossible) {
            responses.put("202", Map.of("description", "It is not answered yet; Location or url says where to ask"));
        }
        responses.put(
                "default",
                Map.of(
                        "description",
                        "Why there is no answer",
                        "content",
                        Map.of(Problem.MEDIA_TYPE, Map.of("schema", reference("Problem")))));
        return responses;
    }

    private static Map<String, Object> prefer() {
        return Map.of(
                "name",
                "Prefer",
                "in",
                "header",
                "description",
                "respond-async for an answer that is fetched later",
                "schema",
                Map.of("type", "string"));
    }

    private static Map<String, Object> components() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        schemas.put(
                "Image",
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of(
                                "data", Map.of("type", "string", "contentEncoding", "base64"),
                                "reference", Map.of("type", "string", "format", "uri"))));
        schemas.put(
                "Box",
                Map.of(
                        "description",
                        "xMin, yMin, xMax, yMax in pixels of the upright image",
                        "type",
                        "array",
                        "items",
                        Map.of("type", "number"),
                        "minItems",
                        4,
                        "maxItems",
                        4));
        schemas.put("Problem", Problem.schema());
        schemas.put("Result", resultSchema());
        return Map.of(
                "schemas",
                schemas,
                "securitySchemes",
                Map.of(
                        "login", Map.of("type", "http", "scheme", "basic"),
                        "token", Map.of("type", "http", "scheme", "bearer", "bearerFormat", "JWT")));
    }

    private static Map<String, Object> reference(String schema) {
        return Map.of("$ref", "#/components/schemas/" + schema);
    }

    private static Object resultSchema() {
        try (InputStream schema = ResultJson.class.getClassLoader().getResourceAsStream(ResultJson.SCHEMA_RESOURCE)) {
            return MAPPER.readValue(Objects.requireNonNull(schema, ResultJson.SCHEMA_RESOURCE), Object.class);
        } catch (IOException e) {
            throw new IllegalStateException("The schema is in the jar", e);
        }
    }
}
