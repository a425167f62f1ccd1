package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.connectors.Connectors;
import io.sextant.core.error.ConfigurationException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule: unless hosts are allowed, the application fetches nothing over HTTP, whoever asks for it; messages of pipelines never have it do so. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class UrlReferencesTest {
    private final AtomicInteger calls = new AtomicInteger();

    @TestHTTPResource("/")
    URI base;

    private HttpServer inside;
    private String url;

    /** A server that only this machine can reach. */
    @BeforeEach
    void listen() throws Exception {
        inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inside.createContext("/", call -> {
            calls.incrementAndGet();
            call.sendResponseHeaders(404, -1);
            call.close();
        });
        inside.start();
        url = "http://127.0.0.1:" + inside.getAddress().getPort() + "/a.jpg";
    }

    @AfterEach
    void stop() {
        inside.stop(0);
    }

    @Test
    void noDoorFetchesAnImage() throws Exception {
        Client client = new Client(base);
        List<HttpResponse<byte[]>> refused = List.of(
                client.postJson("/v1/tasks/caption", "{\"image\": {\"reference\": \"" + url + "\"}}"),
                client.postJson("/v1/tasks/caption", "{\"image\": {\"data\": \"" + url + "\"}}"),
                client.postJson("/v1/tasks/caption", "\"" + url + "\""),
                client.post("/v1/tasks/caption", url.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain"),
                client.postForm("/v1/tasks/caption", "", url.getBytes(StandardCharsets.UTF_8)),
                client.postJson(
                        "/v1/tasks",
                        "{\"image\": {\"reference\": \"" + url + "\"}, \"steps\": [{\"task\": \"caption\"}]}"),
                client.postJson(
                        "/v1/chat/completions",
                        "{\"model\": \"held\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\","
                                + " \"image_url\": {\"url\": \"" + url + "\"}}]}]}"));
        assertThat(refused)
                .allSatisfy(response -> assertThat(response.statusCode()).isBetween(400, 422));
        assertThat(new String(refused.get(0).body(), StandardCharsets.UTF_8))
                .contains("http:", "sextant.http.references.allow");
        String session = McpTest.initialize(client)
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        HttpResponse<byte[]> tool = client.post(
                "/mcp",
                ("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"caption\",\"arguments\":"
                                + "{\"image\":\"" + url + "\"}}}")
                        .getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json",
                "Accept",
                "application/json, text/event-stream",
                "Mcp-Session-Id",
                session);
        assertThat(new String(tool.body(), StandardCharsets.UTF_8)).contains("rror");
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:", "https:", "ftp:", "jar:http:"})
    void noPlaceOnTheNetworkCanBeAllowedToMessages(String scheme) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            String place = scheme + "//127.0.0.1/photos";
            assertThatThrownBy(() -> Connectors.standard().forUri(place).references(List.of(place), context))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(Stream.of("file:", "s3:").toList().get(0));
        }
    }
}
