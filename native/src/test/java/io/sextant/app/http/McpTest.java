package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.GenerationResult;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tasks as tools of the Model Context Protocol, as docs/http.md says they are. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class McpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String[] FORM = {
        "Content-Type", "application/json", "Accept", "application/json, text/event-stream"
    };

    @TestHTTPResource("/")
    URI base;

    @Inject
    HeldModel model;

    @TempDir
    Path folder;

    private Client client;
    private String[] session;
    private String image;

    /** The first call of every client. */
    static HttpResponse<byte[]> initialize(Client client, String... headers) throws Exception {
        return client.post(
                "/mcp",
                ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\","
                                + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}")
                        .getBytes(StandardCharsets.UTF_8),
                both(FORM, headers));
    }

    @BeforeEach
    void connect() throws Exception {
        client = new Client(base);
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        image = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("cakes.jpg")));
        HttpResponse<byte[]> started = initialize(client);
        session = new String[] {
            "Mcp-Session-Id", started.headers().firstValue("Mcp-Session-Id").orElseThrow()
        };
        assertThat(post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void namesTheTasksAndWhatEachTakes() throws Exception {
        JsonNode tools = answer(post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{}}"))
                .at("/result/tools");
        JsonNode tasks = MAPPER.readTree(client.get("/v1/tasks").body()).path("tasks");
        assertThat(tools)
                .extracting(tool -> tool.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(tasks.findValuesAsText("name"));
        JsonNode identify = named(tools, "identify");
        assertThat(identify.path("description").asText()).isNotEmpty();
        assertThat(identify.at("/inputSchema/properties").properties())
                .extracting(property -> property.getKey())
                .containsExactly("image", "prompt", "box", "draw");
        assertThat(identify.at("/inputSchema/required")).hasToString("[\"image\"]");
        assertThat(named(tools, "vqa").at("/inputSchema/properties").has("box")).isFalse();
        assertThat(named(tools, "vqa").at("/inputSchema/required")).hasToString("[\"image\",\"prompt\"]");
    }

    @Test
    void answersWithTheResultDocument() throws Exception {
        JsonNode result = call("vqa", "\"image\":\"data:image/jpeg;base64," + image + "\",\"prompt\":\"how many?\"");
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        assertThat(result.at("/structuredContent/task").asText()).isEqualTo("vqa");
        assertThat(result.at("/structuredContent/prompt").asText()).isEqualTo("how many?");
        assertThat(MAPPER.readTree(result.at("/content/0/text").asText())).isEqualTo(result.path("structuredContent"));
        assertThat(result.path("content")).hasSize(1);
    }

    @Test
    void tellsBeforehandWhatAToolAnswers() throws Exception {
        JsonNode tools = answer(post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{}}"))
                .at("/result/tools");
        JsonNode told = named(tools, "vqa").path("outputSchema");
        JsonNode answered = call("vqa", "\"image\":\"" + image + "\",\"prompt\":\"how many?\"")
                .path("structuredContent");
        JsonNode refused = call("vqa", "\"image\":\"" + image + "\"").path("structuredContent");
        JsonNode ofAnother = call("caption", "\"image\":\"" + image + "\"").path("structuredContent");

        assertThat(told.path("type").asText()).isEqualTo("object");
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(told);
        assertThat(schema.validate(answered)).isEmpty();
        assertThat(schema.validate(refused)).isEmpty();
        assertThat(schema.validate(ofAnother)).isNotEmpty();
    }

    @Test
    void drawsTheFindingsOnTheImageWhereThatIsWanted() throws Exception {
        JsonNode result = call("identify", "\"image\":\"" + image + "\",\"box\":\"1,2,30,40\",\"draw\":true");
        assertThat(result.at("/content/1/type").asText()).as(result.toString()).isEqualTo("image");
        assertThat(result.at("/content/1/mimeType").asText()).isEqualTo("image/png");
        byte[] png = Base64.getDecoder().decode(result.at("/content/1/data").asText());
        assertThat(new String(png, 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
    }

    @Test
    void talksWithoutAnImage() throws Exception {
        JsonNode result = call("chat", "\"prompt\":\"hello\"");
        assertThat(result.at("/structuredContent/text").asText())
                .as(result.toString())
                .isEqualTo("a boat");
    }

    @Test
    void takesTheHeadersThatATaskReads() throws Exception {
        JsonNode tools = answer(post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{}}"))
                .at("/result/tools");
        JsonNode schema = named(tools, "car@2").path("inputSchema");
        JsonNode result = call("car@2", "\"image\":\"" + image + "\",\"headers\":{\"colour\":\"red\"}");

        assertThat(schema.at("/properties/headers/required")).hasToString("[\"colour\"]");
        assertThat(schema.path("required")).hasToString("[\"image\",\"headers\"]");
        assertThat(named(tools, "vqa").at("/inputSchema/properties").has("headers"))
                .isFalse();
        assertThat(result.at("/structuredContent/headers/colour").asText())
                .as(result.toString())
                .isEqualTo("red");
        assertProblem(call("car@2", "\"image\":\"" + image + "\""), "invalid-request", "\"colour\"");
        assertProblem(
                call("car@2", "\"image\":\"" + image + "\",\"headers\":{\"colour\":3}"),
                "invalid-request",
                "headers.colour must be text");
        assertProblem(
                call("vqa", "\"image\":\"" + image + "\",\"prompt\":\"a\",\"headers\":{\"colour\":\"red\"}"),
                "invalid-request",
                "no use of the header \"colour\"");
    }

    @Test
    void tellsWhatIsWrongWithACall() throws Exception {
        String damaged = Base64.getEncoder().encodeToString("no image at all".getBytes(StandardCharsets.UTF_8));
        assertProblem(call("caption", "\"image\":\"" + damaged + "\""), "invalid-request", "body");
        assertProblem(call("caption", ""), "invalid-request", "image");
        assertProblem(call("vqa", "\"image\":\"" + image + "\""), "invalid-request", "prompt");
        assertProblem(call("identify", "\"image\":\"" + image + "\",\"box\":\"1,2\""), "invalid-request", "1,2");
        assertProblem(call("caption", "\"image\":\"" + image + "\",\"steps\":\"x\""), "invalid-request", "\"steps\"");
        assertProblem(call("caption", "\"image\":5"), "invalid-request", "image must be text");
        assertProblem(call("caption", "\"image\":\"" + image + "\",\"draw\":\"yes\""), "invalid-request", "draw");
        assertProblem(call("chat", "\"prompt\":\"a\",\"box\":\"1,2,3,4\""), "invalid-request", "send image too");
        assertProblem(call("caption", "\"image\":\"{}\""), "invalid-request", "image is JSON");
        assertProblem(call("caption", "\"image\":\"file:/etc/passwd\""), "invalid-request", "file:");
        assertProblem(call("vqa", "\"image\":\"" + image + "\",\"prompt\":\"be busy\""), "busy", "1000 wait");
        JsonNode broken = call("vqa", "\"image\":\"" + image + "\",\"prompt\":\"break\"");
        assertProblem(broken, "defect", "the log");
        assertThat(broken.toString()).doesNotContain("secret inside");
    }

    @Test
    void letsOneCallerHaveOnlySoManyQuestionsOpen() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> first =
                callLater("vqa", "\"image\":\"" + image + "\",\"prompt\":\"hold\"");
        CompletableFuture<GenerationResult> held =
                Objects.requireNonNull(model.held().poll(1, TimeUnit.MINUTES), "the question has not come");
        JsonNode second = call("caption", "\"image\":\"" + image + "\"");
        held.complete(HeldModel.answer());
        assertProblem(second, "too-many-requests", "sextant.http.max-concurrent-requests");
        assertThat(answer(first.get()).at("/result/structuredContent/text").asText())
                .isEqualTo("a boat");
    }

    @Test
    void givesUpWhatACallerWhoHasGoneAsked() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> question =
                callLater("vqa", "\"image\":\"" + image + "\",\"prompt\":\"hold\"");
        CompletableFuture<GenerationResult> held =
                Objects.requireNonNull(model.held().poll(1, TimeUnit.MINUTES), "the question has not come");
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (HeardLog log = new HeardLog(record -> {
            if (record.getThrown() != null) {
                failures.add(record.getThrown());
            }
        })) {
            question.cancel(true);
            Awaitility.await().until(held::isCancelled);
            // The thread of that connection has logged what it has to once it answers others; they take turns.
            for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
                new Client(base).get("/v1/tasks");
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void refusesPagesOfOtherSites() throws Exception {
        assertRefused(initialize(client, "Origin", "http://elsewhere.example"), 403, "other-origin");
        assertThat(initialize(client, "Origin", "http://" + base.getAuthority()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesABodyThatNoImageNeedsAndOneOfUnknownLength() throws Exception {
        assertRefused(client.post("/mcp", new byte[2 << 20], FORM), 413, "too-large");
        HttpRequest endless = HttpRequest.newBuilder(base.resolve("/mcp"))
                .headers(FORM)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10])))
                .build();
        assertRefused(
                HttpClient.newHttpClient().send(endless, HttpResponse.BodyHandlers.ofByteArray()),
                411,
                "length-needed");
    }

    private JsonNode call(String task, String arguments) throws Exception {
        JsonNode answer = answer(callLater(task, arguments).get());
        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        return answer.path("result");
    }

    private CompletableFuture<HttpResponse<byte[]>> callLater(String task, String arguments) {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"" + task
                + "\",\"arguments\":{" + arguments + "}}}";
        return client.postLater("/mcp", message.getBytes(StandardCharsets.UTF_8), both(FORM, session));
    }

    private HttpResponse<byte[]> post(String message) throws Exception {
        return client.post("/mcp", message.getBytes(StandardCharsets.UTF_8), both(FORM, session));
    }

    /** The message, which comes alone or as an event. */
    private static JsonNode answer(HttpResponse<byte[]> response) throws Exception {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        String message = text.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .findFirst()
                .orElse(text);
        ObjectNode answer = (ObjectNode) MAPPER.readTree(message);
        assertThat(answer.path("jsonrpc").asText()).isEqualTo("2.0");
        return answer;
    }

    private static JsonNode named(JsonNode tools, String name) {
        for (JsonNode tool : tools) {
            if (tool.path("name").asText().equals(name)) {
                return tool;
            }
        }
        throw new AssertionError("There is no tool " + name + " among " + tools);
    }

    private static void assertProblem(JsonNode result, String kind, String detail) {
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.at("/structuredContent/type").asText()).isEqualTo("urn:sextant:problem:" + kind);
        assertThat(List.of(
                        result.at("/content/0/text").asText(),
                        result.at("/structuredContent/detail").asText()))
                .allSatisfy(text -> assertThat(text).contains(detail));
    }

    private static void assertRefused(HttpResponse<byte[]> response, int status, String kind) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(MAPPER.readTree(response.body()).path("type").asText()).isEqualTo("urn:sextant:problem:" + kind);
    }

    private static String[] both(String[] some, String... others) {
        return Stream.of(some, others).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
