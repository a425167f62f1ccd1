package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no message of the Model Context Protocol: answered by name, in a session and without one. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class ToolMessagesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestHTTPResource("/")
    URI base;

    private final HttpClient http = HttpClient.newHttpClient();
    private String session;

    @BeforeEach
    void connect() throws Exception {
        HttpResponse<byte[]> started = McpTest.initialize(new Client(base));
        session = started.headers().firstValue("Mcp-Session-Id").orElseThrow();
        assertThat(post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", true)
                        .statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "nothing",
            value = {
                "nothing | -32700",
                "no json | -32700",
                "{\"jsonrpc\":\"2.0\", | -32700",
                "{} {} | -32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"} | -32700",
                "[] | -32600",
                "1 | -32600",
                "\"x\" | -32600",
                "null | -32600",
                "[[]] | -32600",
                "[1] | -32600",
                "{} | -32600",
                "{\"jsonrpc\":2,\"id\":1,\"method\":\"ping\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}} | -32600",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}, 1] | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":[]} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":5}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"vqa\",\"arguments\":null}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"vqa\",\"_meta\":[]}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":1}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"1\"}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"1\",\"clientInfo\":{\"name\":1}}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\"} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"completion/complete\",\"params\":{}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"completion/complete\",\"params\":{\"ref\":{\"type\":1},\"argument\":{}}} | -32602",
            })
    void whatIsNoMessageIsRefusedInTheProtocolsWords(String body, int code) throws Exception {
        for (boolean isInSession : new boolean[] {true, false}) {
            HttpResponse<String> response = post(body == null ? "" : body, isInSession);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            JsonNode answer = MAPPER.readTree(response.body());
            assertThat(answer.path("jsonrpc").asText()).isEqualTo("2.0");
            assertThat(answer.at("/error/code").asInt()).as(response.body()).isEqualTo(code);
            assertThat(answer.at("/error/message").asText()).isNotEmpty();
        }
    }

    @Test
    void whatIsNestedWithoutEndIsRefused() throws Exception {
        HttpResponse<String> response = post("[".repeat(50_000), true);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(MAPPER.readTree(response.body()).at("/error/code").asInt()).isEqualTo(-32700);
    }

    @Test
    void theFaultNamesTheMessageThatItIsAbout() throws Exception {
        HttpResponse<String> response =
                post("{\"jsonrpc\":\"2.0\",\"id\":\"a-7\",\"method\":\"tools/call\",\"params\":{}}", true);
        assertThat(MAPPER.readTree(response.body()).path("id").asText()).isEqualTo("a-7");
        assertThat(response.body()).contains("name");
    }

    /** Only the first call of a client is in no session yet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"vqa\"}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"1\",\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}]",
            })
    void aCallOfNoSessionIsRefusedUnlessItBeginsOne(String body) throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>();
        try (HeardLog log = new HeardLog(record -> {
            if (record.getThrown() != null) {
                failures.add(String.valueOf(record.getThrown()));
            }
        })) {
            HttpResponse<String> response = post(body, false);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            assertThat(MAPPER.readTree(response.body()).at("/error/code").asInt())
                    .isEqualTo(-32600);
            assertThat(response.body()).contains("initialize", "Mcp-Session-Id");
            assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", true)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(failures).isEmpty();
    }

    /** The older way over HTTP has sessions of its own. */
    @Test
    void aSessionOfTheOtherWayIsNotThere() throws Exception {
        HttpRequest older = HttpRequest.newBuilder(base.resolve("/mcp/sse"))
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> events = http.send(older, BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            String endpoint = lines.filter(line -> line.startsWith("data:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("data:".length())
                    .strip();
            String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
            String olderSession = endpoint.substring(endpoint.lastIndexOf('/') + 1);
            assertThat(send("POST", "/mcp", olderSession, ping)).isEqualTo(404);
            assertThat(send("GET", "/mcp", olderSession, "")).isEqualTo(404);
            assertThat(send("DELETE", "/mcp", olderSession, "")).isEqualTo(404);
            assertThat(send("POST", "/mcp/messages/" + session, session, ping)).isEqualTo(404);
            assertThat(send("POST", URI.create(endpoint).getPath(), "none", ping))
                    .isLessThan(300);
        }
    }

    private int send(String method, String path, String inSession, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Mcp-Session-Id", inSession)
                .timeout(Duration.ofMinutes(1))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    /** A method that is not there, a level or place of a list that is none: the library's own answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"none\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"loud\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"!\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"none\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"none\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\",\"params\":{\"name\":\"none\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"completion/complete\",\"params\":{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"x\"},\"argument\":{\"name\":\"x\",\"value\":\"y\"}}}",
            })
    void messagesThatAskForWhatIsNotThereAreAnsweredWithAnError(String body) throws Exception {
        HttpResponse<String> response = post(body, true);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"error\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /mcp, 405",
        "HEAD, /mcp, 405",
        "GET, /mcp, 405",
        "DELETE, /mcp, 404",
        "POST, /mcp/messages/none, 404",
        "POST, /mcp/sse, 405",
    })
    void methodsAndSessionsThatAreNotThereAreRefused(String method, String path, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}"))
                .header("Accept", "application/json, text/event-stream")
                .timeout(Duration.ofMinutes(1))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private HttpResponse<String> post(String body, boolean isInSession) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/mcp"))
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .timeout(Duration.ofMinutes(1));
        if (isInSession) {
            request.header("Mcp-Session-Id", session);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
