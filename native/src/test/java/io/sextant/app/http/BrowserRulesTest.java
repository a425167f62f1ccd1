package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
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
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks", "/v1/models", "/q/health", "/q/metrics"})
    void noOtherSiteIsAllowedToRead(String path) throws Exception {
        HttpResponse<byte[]> response = new Client(base).get(path, "Origin", "http://elsewhere.example");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
