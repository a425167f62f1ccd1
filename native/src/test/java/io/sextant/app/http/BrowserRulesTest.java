package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for browsers: no answer is shown in or read by pages of other sites, and none runs anything. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class BrowserRulesTest {
    @TestHTTPResource("/")
    URI base;

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks", "/v1/nothing", "/v1/models", "/v1/openapi.json", "/q/health", "/q/metrics"})
    void everyAnswerTellsThemToABrowser(String path) throws Exception {
        HttpResponse<byte[]> response = new Client(base).get(path);
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy"))
                .hasValue("same-origin");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, 200",
        "LOCALHOST., 200",
        "sextant.localhost, 200",
        "127.0.0.1, 200",
        "127.1.2.3:9, 200",
        "[::1]:8080, 200",
        "proxy.example, 200",
        "Proxy.Example:443, 200",
        "evil.example, 421",
        "evil.example:8080, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "1270.0.0.1, 421",
        "10.0.0.7, 421",
        "[::2], 421",
    })
    void noOtherNameMayLeadHere(String host, int status) throws Exception {
        for (String path : List.of("/", "/v1/tasks", "/console/letters/shop", "/q/metrics")) {
            assertThat(statusLine("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void whoNamesNoHostIsNoBrowser() throws Exception {
        assertThat(statusLine("GET /v1/tasks HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }

    private String statusLine(String request) throws Exception {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks", "/v1/models", "/q/health", "/q/metrics"})
    void noOtherSiteIsAllowedToRead(String path) throws Exception {
        HttpResponse<byte[]> response = new Client(base).get(path, "Origin", "http://elsewhere.example");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
