package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules: a body is only so large and takes only so long, and a caller asks only so often; each told with its key. */
@QuarkusTest
@TestProfile(LimitsProfile.class)
class LimitsTest {
    @TestHTTPResource("/")
    URI base;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks/caption", "/v1/tasks", "/v1/chat/completions", "/mcp"})
    void refusesABodyThatTellsThatItIsTooLarge(String path) throws Exception {
        assertProblem(
                new Client(base).post(path, new byte[2 << 20], "Content-Type", "application/json"), 413, "too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks/caption", "/v1/tasks", "/v1/chat/completions"})
    void refusesABodyThatGoesOn(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[2 << 20])))
                .build();
        assertProblem(http.send(request, BodyHandlers.ofByteArray()), 413, "too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks/caption", "/v1/tasks", "/v1/chat/completions", "/console/pipelines/shop/pause"})
    void refusesABodyThatDoesNotCome(String path) throws Exception {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("body-late", "sextant.http.body-timeout");
        }
    }

    @Test
    void takesWhatIsSentOnceTheServerSaysSo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/tasks/caption"))
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray("hello".getBytes(StandardCharsets.UTF_8)))
                .build();
        assertProblem(http.send(request, BodyHandlers.ofByteArray()), 422, "invalid-request");
    }

    /** Nobody else asks anything of this application, and what the other tests ask does not count. */
    @Test
    void refusesWhoAsksTooOften() throws Exception {
        byte[] image = image();
        Client client = new Client(base);
        HttpResponse<byte[]> response = client.post("/v1/tasks/caption", image);
        for (int i = 0; i < 3 && response.statusCode() == 200; i++) {
            response = client.post("/v1/tasks/caption", image);
        }
        assertProblem(response, 429, "too-many-requests");
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("sextant.http.max-requests-per-minute");
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        HttpResponse<byte[]> chat = client.postJson(
                "/v1/chat/completions",
                "{\"model\": \"held\", \"messages\": [{\"role\": \"user\", \"content\": \"how many?\"}]}");
        assertThat(chat.statusCode()).isEqualTo(429);
        assertThat(chat.headers().firstValue("Retry-After")).isPresent();
    }

    private byte[] image() throws Exception {
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        return Files.readAllBytes(folder.resolve("cakes.jpg"));
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String kind) throws Exception {
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertThat(new ObjectMapper()
                                .readTree(response.body())
                                .findValue("type")
                                .asText()
                        + new ObjectMapper()
                                .readTree(response.body())
                                .at("/error/code")
                                .asText())
                .contains(kind);
    }
}
