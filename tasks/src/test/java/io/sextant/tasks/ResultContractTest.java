package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Version 1 of the result document stays what it was: what it promised once is kept in a list, and documents that were
 * written once are kept as they are. Both may grow; a line that must go is a new version.
 */
class ResultContractTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void keepsEveryPromiseOfVersionOne() {
        assertThat(promises(schema()))
                .containsAll(text("result-v1-promises.txt").lines().toList());
    }

    @Test
    void listsEveryPromiseThereIs() {
        assertThat(text("result-v1-promises.txt").lines())
                .as("a key was added: add its line to result-v1-promises.txt, so that it stays")
                .containsExactlyElementsOf(promises(schema()));
    }

    @Test
    void noticesAKeyThatVanishes() {
        ObjectNode schema = schema();
        ((ObjectNode) schema.at("/properties/image/properties")).remove("width");

        assertThat(promises(schema)).doesNotContain("image.width integer required");
    }

    @Test
    void noticesAKeyThatIsNoLongerCertain() {
        ObjectNode schema = schema();
        ((ObjectNode) schema.at("/$defs/answerResult")).putArray("required").add("type");

        assertThat(promises(schema))
                .contains("result{answer}.confidence number optional")
                .doesNotContain("result{answer}.confidence number required");
    }

    @Test
    void stillAcceptsTheDocumentsWrittenOnce() throws IOException {
        var schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema());
        List<String> documents = text("result-v1-documents.jsonl").lines().toList();

        assertThat(documents).hasSizeGreaterThanOrEqualTo(8);
        for (String document : documents) {
            assertThat(schema.validate(MAPPER.readTree(document))).as(document).isEmpty();
        }
    }

    /** One line for every key: its path, what it holds, and whether it is always there. */
    private static Set<String> promises(JsonNode schema) {
        Set<String> promises = new TreeSet<>();
        collect(schema, schema, "", promises);
        return promises;
    }

    private static void collect(JsonNode root, JsonNode node, String path, Set<String> promises) {
        JsonNode schema = resolved(root, node);
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(key -> required.add(key.asText()));
        schema.path("properties").properties().forEach(property -> {
            String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            JsonNode value = resolved(root, property.getValue());
            promises.add(
                    key + " " + kind(root, value) + (required.contains(property.getKey()) ? " required" : " optional"));
            collect(root, value, key, promises);
        });
        if (schema.has("items")) {
            promises.add(path + "[] " + kind(root, resolved(root, schema.get("items"))));
            collect(root, schema.get("items"), path + "[]", promises);
        }
        schema.path("anyOf").forEach(choice -> collect(root, choice, path, promises));
        schema.path("oneOf").forEach(choice -> {
            JsonNode type = resolved(root, choice).at("/properties/type");
            if (type.has("const")) {
                collect(root, choice, path + "{" + type.get("const").asText() + "}", promises);
            }
            type.path("enum").forEach(name -> collect(root, choice, path + "{" + name.asText() + "}", promises));
        });
    }

    private static String kind(JsonNode root, JsonNode value) {
        if (value.has("const")) {
            return "= " + value.get("const");
        }
        if (value.has("enum")) {
            return "= " + value.get("enum");
        }
        if (value.has("anyOf")) {
            Set<String> kinds = new TreeSet<>();
            value.get("anyOf").forEach(choice -> kinds.add(kind(root, resolved(root, choice))));
            return String.join("|", kinds);
        }
        JsonNode type = value.path("type");
        return type.isArray() ? type.get(0).asText() + "|" + type.get(1).asText() : type.asText();
    }

    private static JsonNode resolved(JsonNode root, JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static ObjectNode schema() {
        try (InputStream resource = Objects.requireNonNull(
                ResultJson.class.getClassLoader().getResourceAsStream(ResultJson.SCHEMA_RESOURCE))) {
            return (ObjectNode) MAPPER.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream resource = Objects.requireNonNull(ResultContractTest.class.getResourceAsStream(name))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
