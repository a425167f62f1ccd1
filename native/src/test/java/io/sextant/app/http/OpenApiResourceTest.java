package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.tasks.TaskRunner;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description for programs: made of the registry, and its examples are answered. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class OpenApiResourceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestHTTPResource("/")
    URI base;

    @Inject
    TaskRunner tasks;

    private Client client;
    private JsonNode document;

    @BeforeEach
    void prepare() throws Exception {
        client = new Client(base);
        document = MAPPER.readTree(client.get("/v1/openapi.json").body());
    }

    @Test
    void hasAPathForEachTask() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        tasks.registry()
                .tasks()
                .forEach(task -> assertThat(document.path("paths")
                                .path("/v1/tasks/" + task.descriptor().name()))
                        .as(task.descriptor().name())
                        .isNotEmpty());
    }

    @Test
    void saysOfEachTaskWhatItsDocumentsLookLike() {
        JsonNode vqa = document.at("/paths/~1v1~1tasks~1vqa/post/responses/200/content/application~1json/schema");

        assertThat(vqa.at("/properties/task/const").asText()).isEqualTo("vqa");
        assertThat(vqa.at("/properties/result/properties/type/const").asText()).isEqualTo("answer");
    }

    @Test
    void everyExampleIsAnswered() throws Exception {
        int examples = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode example = path.getValue().at("/post/requestBody/content/application~1json/example");
            for (JsonNode sent : example.isMissingNode() ? List.<JsonNode>of() : List.of(example)) {
                List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
                for (JsonNode parameter : path.getValue().at("/post/parameters")) {
                    JsonNode value = parameter.path("example");
                    headers.addAll(
                            value.isMissingNode()
                                    ? List.of()
                                    : List.of(parameter.path("name").asText(), value.asText()));
                }
                HttpResponse<byte[]> response = client.post(
                        path.getKey(),
                        sent.toString().getBytes(StandardCharsets.UTF_8),
                        headers.toArray(String[]::new));
                assertThat(response.statusCode())
                        .as(path.getKey() + ": " + new String(response.body(), StandardCharsets.UTF_8))
                        .isEqualTo(path.getKey().equals("/v1/model") ? 202 : 200);
                examples++;
            }
        }
        assertThat(examples).isEqualTo(tasks.registry().tasks().size() + 3);
    }

    @Test
    void whateverAQuestionMayHaveIsTaken() throws Exception {
        for (var task : tasks.registry().tasks()) {
            String path = "/v1/tasks/" + task.descriptor().name();
            JsonNode call = document.path("paths").path(path).path("post");
            JsonNode json = call.at("/requestBody/content/application~1json");
            assertThat(json.path("example").properties().stream().map(Map.Entry::getKey))
                    .as(path)
                    .containsExactlyElementsOf(json.at("/schema/properties").properties().stream()
                            .map(Map.Entry::getKey)
                            .toList());
            List<String> fields = json.path("example").properties().stream()
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toList());
            fields.add("maxNewTokens");
            assertThat(call.at("/requestBody/content/multipart~1form-data/schema/properties").properties().stream()
                            .map(Map.Entry::getKey))
                    .as("the form of " + path)
                    .containsExactlyElementsOf(fields);
            fields.remove("image");
            assertThat(StreamSupport.stream(call.path("parameters").spliterator(), false)
                            .filter(parameter -> parameter.path("in").asText().equals("query"))
                            .map(parameter -> parameter.path("name").asText()))
                    .as("the query of " + path)
                    .containsExactlyElementsOf(fields);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        document.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("#/components/"))
                .forEach(references::add);
        assertThat(references).isNotEmpty();
        references.forEach(reference ->
                assertThat(document.at(reference.substring(1))).as(reference).isNotEmpty());
    }
}
