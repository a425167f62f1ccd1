package io.sextant.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sextant.tasks.spi.ResultSchema.Shape;
import io.sextant.tasks.spi.TaskDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a task's documents look like, as JSON Schema (2020-12), made of what its descriptor says and of the schema of all result
 * documents ({@link ResultJson#SCHEMA_RESOURCE}). The same descriptor gives the same schema, its keys in the same order.
 */
public final class TaskSchemas {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String ID = "$id";
    private static final String DEFINITIONS = "$defs";
    private static final String REFERENCE = "$ref";
    private static final String LOCAL = "#/" + DEFINITIONS + "/";
    private static final String URN = "urn:sextant:schema:";

    private TaskSchemas() {}

    /** @throws IllegalArgumentException if a schema that the descriptor brings cannot be read */
    static void requireReadable(TaskDescriptor task) {
        task.result().shapes().stream()
                .filter(shape -> !shape.schemaId().isEmpty())
                .forEach(TaskSchemas::read);
    }

    /** Of the {@code result} alone, maps and lists. */
    public static Map<String, Object> ofResult(TaskDescriptor task) {
        ObjectNode all = ofAllDocuments();
        ObjectNode schema = MAPPER.createObjectNode();
        schema.set("$schema", all.get("$schema"));
        schema.put(ID, URN + "result-of:" + task.name());
        schema.put("title", "What " + task.name() + " finds");
        schema.setAll(result(task, all));
        addDefinitions(schema, all);
        return MAPPER.convertValue(schema, OBJECT);
    }

    /** Of the whole document, maps and lists. */
    public static Map<String, Object> ofDocument(TaskDescriptor task) {
        ObjectNode all = ofAllDocuments();
        ObjectNode schema = all.deepCopy();
        schema.remove(DEFINITIONS);
        schema.put(ID, URN + "document-of:" + task.name());
        schema.put("title", "What " + task.name() + " answers");
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ((ObjectNode) properties.get("task")).removeAll().put("const", task.name());
        properties.set("result", result(task, all));
        addDefinitions(schema, all);
        return MAPPER.convertValue(schema, OBJECT);
    }

    private static ObjectNode result(TaskDescriptor task, ObjectNode all) {
        List<Shape> shapes = task.result().shapes();
        if (shapes.size() == 1) {
            return shape(shapes.get(0), all);
        }
        ObjectNode result = MAPPER.createObjectNode().put("type", "object");
        ArrayNode choices = result.putArray("oneOf");
        shapes.forEach(shape -> choices.add(shape(shape, all)));
        return result;
    }

    private static ObjectNode shape(Shape shape, ObjectNode all) {
        ObjectNode schema = MAPPER.createObjectNode().put("type", "object");
        schema.setAll(definition(shape.type(), all));
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ((ObjectNode) properties.get("type")).removeAll().put("const", shape.type());
        if (!shape.answers().isEmpty()) {
            ((ObjectNode) properties.get("text")).set("enum", MAPPER.valueToTree(shape.answers()));
        }
        if (!shape.schemaId().isEmpty()) {
            ((ObjectNode) properties.get("schema")).removeAll().put("const", shape.schemaId());
            properties.set("object", embedded(shape));
        }
        return schema;
    }

    /** A name of its own, for what it refers to is seen from there. */
    private static ObjectNode embedded(Shape shape) {
        ObjectNode schema = read(shape);
        if (!schema.has(ID)) {
            String id = shape.schemaId();
            schema.put(ID, id.matches("[A-Za-z][A-Za-z0-9+.-]*:.+") ? id : URN + id);
        }
        return schema;
    }

    private static ObjectNode read(Shape shape) {
        try {
            if (StrictJson.read(shape.object()) instanceof ObjectNode schema) {
                return schema;
            }
        } catch (JsonProcessingException e) {
            throw unreadable(shape, e);
        }
        throw unreadable(shape, null);
    }

    private static IllegalArgumentException unreadable(Shape shape, @Nullable JsonProcessingException cause) {
        return new IllegalArgumentException(
                "the schema \"" + shape.schemaId() + "\" of its results is no JSON object"
                        + (cause == null ? "" : ": " + cause.getOriginalMessage()),
                cause);
    }

    private static ObjectNode definition(String type, ObjectNode all) {
        for (JsonNode choice : all.at("/properties/result/oneOf")) {
            JsonNode definition = all.at(choice.get(REFERENCE).asText().substring(1));
            JsonNode types = definition.at("/properties/type");
            if (types.path("const").asText().equals(type) || contains(types.path("enum"), type)) {
                return definition.deepCopy();
            }
        }
        throw new IllegalArgumentException("There is no type \"" + type + "\" of results");
    }

    private static boolean contains(JsonNode texts, String text) {
        for (JsonNode each : texts) {
            if (each.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** Those that a schema refers to, and those that these refer to; an embedded schema brings its own. */
    private static void addDefinitions(ObjectNode schema, ObjectNode all) {
        Set<String> names = new TreeSet<>();
        collect(schema, all, names);
        if (!names.isEmpty()) {
            ObjectNode definitions = schema.putObject(DEFINITIONS);
            names.forEach(name -> definitions.set(name, all.at("/" + DEFINITIONS + "/" + name)));
        }
    }

    private static void collect(JsonNode node, ObjectNode all, Set<String> names) {
        String reference = node.path(REFERENCE).asText();
        if (reference.startsWith(LOCAL) && names.add(reference.substring(LOCAL.length()))) {
            collect(all.at(reference.substring(1)), all, names);
        }
        for (JsonNode member : node) {
            if (!member.has(ID)) {
                collect(member, all, names);
            }
        }
    }

    private static ObjectNode ofAllDocuments() {
        try (InputStream schema = ResultJson.class.getClassLoader().getResourceAsStream(ResultJson.SCHEMA_RESOURCE)) {
            return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(schema, ResultJson.SCHEMA_RESOURCE));
        } catch (IOException e) {
            throw new IllegalStateException("The schema is in the jar", e);
        }
    }
}
