package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule: with allowed hosts a caller may refer to an image there, which is held to the limits of images that are sent. */
@QuarkusTest
@TestProfile(AllowedUrlsTest.Profile.class)
class AllowedUrlsTest {
    private static final String PORT = "io.sextant.test.images";

    @TestHTTPResource("/")
    URI base;

    @TempDir
    Path folder;

    private HttpServer images;
    private Client client;
    private String host;

    /** A host of images on this machine. */
    public static final class Profile extends DoorsProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try (ServerSocket free = new ServerSocket(0)) {
                Map<String, String> keys = super.getConfigOverrides();
                keys.put(PORT, String.valueOf(free.getLocalPort()));
                keys.put("sextant.http.references.allow", "images.example, 127.0.0.1:" + free.getLocalPort());
                keys.put("sextant.http.references.private-addresses", "true");
                return keys;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void listen() throws Exception {
        int port = ConfigProvider.getConfig().getValue(PORT, Integer.class);
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        byte[] image = Files.readAllBytes(folder.resolve("cakes.jpg"));
        images = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve("/cakes.jpg", image);
        serve("/no-image.jpg", "hello".getBytes(StandardCharsets.UTF_8));
        serve("/large.jpg", new byte[300_000]);
        images.start();
        host = "http://127.0.0.1:" + port;
        client = new Client(base);
    }

    @AfterEach
    void stop() {
        images.stop(0);
    }

    @Test
    void answersAboutAnImageThatACallerRefersTo() throws Exception {
        String url = host + "/cakes.jpg?signature=secret";
        HttpResponse<byte[]> answer =
                client.postJson("/v1/tasks/caption", "{\"image\": {\"reference\": \"" + url + "\"}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
        assertThat(client.post("/v1/tasks/caption", url.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersClientsOfOpenAisApiByTheSameRules() throws Exception {
        HttpResponse<byte[]> answer = chat(host + "/cakes.jpg?signature=secret");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains("choices").doesNotContain("secret");
        assertThat(chat("HTTP" + host.substring("http".length()) + "/cakes.jpg").statusCode())
                .isEqualTo(200);
        assertChatRefused(host + "/no-image.jpg", "invalid-image", "looks like a text");
        assertChatRefused(host + "/large.jpg", "invalid-image", "sextant.image.max-bytes");
        assertChatRefused(host + "/none.jpg", "invalid-image", "404");
        assertChatRefused("https://elsewhere.example/a.jpg", "invalid-image", "sextant.http.references.allow");
        assertChatRefused("http://169.254.169.254/a.jpg", "invalid-image", "sextant.http.references.allow");
        for (String scheme : List.of("s3:", "file:", "ftp:")) {
            assertChatRefused(scheme + "//127.0.0.1/cakes.jpg", "invalid-request", "\"" + scheme + "\"");
        }
    }

    private HttpResponse<byte[]> chat(String url) throws Exception {
        return client.postJson(
                "/v1/chat/completions",
                "{\"model\": \"held:vqa\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\":"
                        + " \"how many?\"}, {\"type\": \"image_url\", \"image_url\": {\"url\": \"" + url + "\"}}]}]}");
    }

    private void assertChatRefused(String url, String code, String detail) throws Exception {
        HttpResponse<byte[]> response = chat(url);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(400);
        assertThat(text(response)).contains("\"code\":\"" + code + "\"", detail.replace("\"", "\\\""));
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void holdsItToTheLimitsOfImages() throws Exception {
        assertRefused("/no-image.jpg", 422, "invalid-image", "looks like a text");
        assertRefused("/large.jpg", 422, "invalid-image", "sextant.image.max-bytes");
        assertRefused("/none.jpg", 422, "invalid-image", "404");
    }

    @Test
    void refusesOtherHostsAndSaysWhichKeyWouldAllowThem() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                "/v1/tasks/caption", "{\"image\": {\"reference\": \"https://elsewhere.example/a.jpg\"}}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("elsewhere.example", "sextant.http.references.allow");
    }

    private void assertRefused(String path, int status, String kind, String detail) throws Exception {
        HttpResponse<byte[]> response =
                client.postJson("/v1/tasks/caption", "{\"image\": {\"reference\": \"" + host + path + "\"}}");
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(status);
        assertThat(body).contains("urn:sextant:problem:" + kind, detail);
    }

    private void serve(String path, byte[] body) {
        images.createContext(path, call -> {
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
    }
}
