package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat completions, as docs/http.md says they are. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class ChatResourceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PATH = "/v1/chat/completions";

    @TestHTTPResource("/")
    URI base;

    @Inject
    HeldModel model;

    @TempDir
    Path folder;

    private Client client;
    private String dataUri;

    @BeforeEach
    void prepare() throws Exception {
        client = new Client(base);
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        dataUri = "data:image/jpeg;base64,"
                + Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("cakes.jpg")));
    }

    @Test
    void listsAModelForEachTask() throws Exception {
        HttpResponse<byte[]> response = client.get("/v1/models");
        assertThat(json(response).path("data").findValuesAsText("id")).contains("held:chat", "held:detection");
    }

    @Test
    void answersAboutAnImageAndTellsTheTokens() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH,
                "{\"model\": \"held:vqa\", \"max_tokens\": 5, \"messages\": ["
                        + "{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"how many?\"},"
                        + " {\"type\": \"image_url\", \"image_url\": {\"url\": \"" + dataUri + "\"}}]}]}");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(json(response).at("/object").asText()).isEqualTo("chat.completion");
        assertThat(json(response).at("/choices/0/message/content").asText()).isEqualTo("a boat");
        assertThat(json(response).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(json(response).at("/usage/prompt_tokens").asInt()).isEqualTo(100);
    }

    @Test
    void goesOnWithAConversation() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH,
                "{\"model\": \"held\", \"temperature\": 0, \"messages\": ["
                        + "{\"role\": \"user\", \"content\": \"hello\"}, {\"role\": \"assistant\", \"content\": \"yes?\"},"
                        + " {\"role\": \"user\", \"content\": \"what is a boat?\"}]}");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    }

    @Test
    void takesTheHeadersThatATaskReadsFromTheMetadata() throws Exception {
        String asked = "{\"model\": \"held:car@2\", \"metadata\": %s, \"messages\": ["
                + "{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"" + dataUri
                + "\"}}]}]}";

        assertThat(client.postJson(PATH, asked.formatted("{\"colour\": \"red\"}"))
                        .statusCode())
                .isEqualTo(200);
        assertError(asked.formatted("{}"), 400, "\"colour\"");
        assertError(asked.formatted("{\"colour\": \"red\", \"shade\": \"dark\"}"), 400, "\"shade\"");
        assertError(asked.formatted("{\"colour\": 1}"), 400, "metadata.colour must be text");
        assertError(asked.formatted("[]"), 400, "metadata must be an object");
    }

    @Test
    void sendsEventsWhereTheyAreWanted() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH,
                "{\"model\": \"held\", \"stream\": true,"
                        + " \"stream_options\": {\"include_usage\": true},"
                        + " \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}");
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        List<String> events = text(response)
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.replaceFirst("^data: ", ""))
                .toList();
        assertThat(events).hasSize(5).endsWith("[DONE]");
        assertThat(MAPPER.readTree(events.get(0)).at("/choices/0/delta/content").asText())
                .isEqualTo("a ");
        assertThat(MAPPER.readTree(events.get(1)).at("/choices/0/delta/content").asText())
                .isEqualTo("boat");
        assertThat(MAPPER.readTree(events.get(2)).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(MAPPER.readTree(events.get(3)).at("/usage/prompt_tokens").asInt())
                .isEqualTo(100);
        assertThat(MAPPER.readTree(events.get(3)).path("id"))
                .isEqualTo(MAPPER.readTree(events.get(0)).path("id"));
    }

    @Test
    void sendsTextWhileTheAnswerIsBeingWritten() throws Exception {
        String body = "{\"model\": \"held\", \"stream\": true,"
                + " \"messages\": [{\"role\": \"user\", \"content\": \"hold\"}]}";
        try (Stream<String> lines =
                client.lines(PATH, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json")) {
            Iterator<String> each = lines.iterator();
            assertThat(each.next()).contains("\"content\":\"a \"");
            Objects.requireNonNull(model.held().poll(1, TimeUnit.MINUTES), "the question has not come")
                    .complete(HeldModel.answer());
            each.next();
            assertThat(each.next()).contains("\"finish_reason\":\"stop\"");
        }
    }

    @Test
    void saysInTheMiddleThatItFailed() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH,
                "{\"model\": \"held\", \"stream\": true,"
                        + " \"messages\": [{\"role\": \"user\", \"content\": \"say and break\"}]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).contains("\"code\":\"defect\"").doesNotContain("secret inside", "[DONE]");
    }

    @Test
    void hasAStatusForWhatFailsBeforeTheFirstPiece() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH,
                "{\"model\": \"held\", \"stream\": true,"
                        + " \"messages\": [{\"role\": \"user\", \"content\": \"be busy\"}]}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).at("/error/code").asText()).isEqualTo("busy");
    }

    @Test
    void refusesByNameWhatItCannotDo() throws Exception {
        String hello = "\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]";
        assertError("{\"model\": \"held\", \"tools\": [], " + hello + "}", 400, "tools");
        assertError("{\"model\": \"held\", \"n\": 2, " + hello + "}", 400, "n must be 1");
        assertError("{\"model\": \"held\", \"temperature\": -1, " + hello + "}", 400, "temperature");
        assertError("{\"model\": \"held\", \"max_tokens\": 0, " + hello + "}", 400, "max_completion_tokens");
        assertError("{\"model\": \"gpt\", " + hello + "}", 404, "/v1/models");
        assertError("{" + hello + "}", 400, "model is missing");
        assertError("{\"model\": \"held\"}", 400, "messages");
        assertError("{\"model\": ", 400, "malformed");
        assertError("{\"model\": \"held\", \"model\": \"held\", " + hello + "}", 400, "malformed");
        assertError("{\"model\": \"held\", " + hello + "} {}", 400, "malformed");
        assertError("{\"model\": \"held\", \"messages\": [{\"role\": \"system\", \"content\": \"x\"}]}", 400, "system");
        assertError(
                "{\"model\": \"held\", \"messages\": [{\"role\": \"assistant\", \"content\": \"x\"}]}",
                400,
                "question");
        assertError("{\"model\": \"held\", \"messages\": []}", 400, "question of the user");
        String part = "{\"model\": \"held\", \"messages\": [{\"role\": \"user\", \"content\": [%s]}]}";
        assertError(part.formatted("{\"type\": \"input_audio\"}"), 400, "input_audio");
        assertError(
                part.formatted("{\"type\": \"image_url\", \"image_url\": {\"url\": \"http://10.0.0.1/a.jpg\"}}"),
                400,
                "sextant.http.references.allow");
        assertError(part.formatted("{\"type\": \"image_url\", \"image_url\": {\"url\": \"AAAA\"}}"), 400, "data URI");
        String shown = "{\"type\": \"image_url\", \"image_url\": {\"url\": \"" + dataUri + "\"}}";
        assertError(part.formatted(shown + "," + shown), 400, "one image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n\": \"abc\"|n must be 1",
                "\"n\": 1.9|n must be 1",
                "\"n\": true|n must be 1",
                "\"stream\": \"yes\"|stream must be true or false",
                "\"stream_options\": 5|stream_options must be an object",
                "\"stream_options\": {\"include_usage\": \"yes\"}|stream_options.include_usage must be true or false",
                "\"stream_options\": {\"usage\": true}|\"usage\"",
                "\"temperature\": \"hot\"|temperature must be a number",
                "\"temperature\": true|temperature must be a number",
                "\"top_p\": \"x\"|top_p must be a number",
                "\"temperature\": 0, \"top_p\": 7|top_p",
                "\"temperature\": 1, \"seed\": \"x\"|seed must be a whole number",
                "\"temperature\": 1, \"seed\": 1.5|seed must be a whole number",
                "\"seed\": 99999999999999999999|seed must be a whole number",
                "\"max_completion_tokens\": null, \"max_tokens\": 0|max_tokens",
            })
    void refusesAParameterOfAnotherKind(String parameter, String message) throws Exception {
        assertError(
                "{\"model\": \"held\", " + parameter
                        + ", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}",
                400,
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"text\": 5", ", \"text\": null"})
    void refusesAPartWithoutItsText(String text) throws Exception {
        assertError(
                "{\"model\": \"held\", \"messages\": [{\"role\": \"user\", \"content\": ["
                        + "{\"type\": \"text\", \"text\": \"hello\"}, {\"type\": \"text\"" + text + "}]}]}",
                400,
                "must have text");
    }

    @Test
    void takesNullForAParameterThatIsLeftOut() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH,
                "{\"model\": \"held\", \"n\": null, \"stream\": null, \"stream_options\": null, \"temperature\": null,"
                        + " \"top_p\": null, \"seed\": null, \"max_tokens\": null, \"metadata\": null,"
                        + " \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasTheFormOfTheApiForErrorsOfJavaToo(boolean isStreamed) throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH,
                "{\"model\": \"held\", \"stream\": " + isStreamed
                        + ", \"messages\": [{\"role\": \"user\", \"content\": \"run out\"}]}");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(503);
        assertThat(json(response).at("/error/code").asText()).isEqualTo("busy");
        assertThat(json(response).at("/error/type").asText()).isEqualTo("server_error");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(text(response)).doesNotContain("secret inside");
    }

    @Test
    void saysWhenToComeBackWhileTheModelIsBusy() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                PATH, "{\"model\": \"held\", \"messages\": [{\"role\": \"user\", \"content\": \"be busy\"}]}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).at("/error/code").asText()).isEqualTo("busy");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    private void assertError(String body, int status, String message) throws Exception {
        HttpResponse<byte[]> response = client.postJson(PATH, body);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        assertThat(json(response).at("/error/message").asText()).contains(message);
        assertThat(json(response).at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
        return MAPPER.readTree(response.body());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
