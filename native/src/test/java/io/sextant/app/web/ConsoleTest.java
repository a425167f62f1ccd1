package io.sextant.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.http.DoorsProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as a browser gets it. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class ConsoleTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TestHTTPResource("/")
    URI base;

    @Test
    void showsTheTasksThePipelinesAndTheModel() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        JsonNode tasks = new ObjectMapper().readTree(get("/v1/tasks").body()).path("tasks");
        assertThat(tasks.size()).isPositive();
        for (JsonNode task : tasks) {
            boolean isAboutAnImage = task.path("image").asText().equals("required");
            assertThat(page.body().contains("data-task=\"" + task.path("name").asText() + "\""))
                    .as(task.toString())
                    .isEqualTo(isAboutAnImage);
        }
        assertThat(page.body())
                .contains("data-name=\"held\"", ">shop <", "action=\"/console/pipelines/shop/", "ffffffffffff…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/console/state", "/console/letters/shop", "/console/console.js", "/console/console.css"})
    void allowsABrowserItsOwnFilesAlone(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Content-Security-Policy"))
                .containsExactly(
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:;"
                                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(response.headers().allValues("Referrer-Policy")).containsExactly("same-origin");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/state", "/console/letters/shop"})
    void hasNoScriptAndStyleInItsPagesAndNothingFromElsewhere(String path) throws Exception {
        assertThat(get(path).body())
                .doesNotContainPattern("<script(?![^>]*src=\"/console/)")
                .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|https?://");
    }

    @Test
    void hasFilesOfItsOwnAndNoOthers() throws Exception {
        assertThat(get("/console/console.js")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("text/javascript");
        assertThat(get("/console/console.css")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("text/css");
        assertThat(get("/console/console.html").statusCode()).isEqualTo(404);
        assertThat(get("/console/..%2Fhttp%2Fpackage-info.class").statusCode()).isEqualTo(404);
    }

    @Test
    void pausesAPipelineAndStartsItAgain() throws Exception {
        await().until(() -> get("/console/state").body().contains("state running"));
        assertThat(post("/console/pipelines/shop/pause").statusCode()).isEqualTo(303);
        await().until(() -> get("/console/state").body().contains("state paused"));
        assertThat(get("/console/state").body()).contains("action=\"/console/pipelines/shop/start\"");
        assertThat(post("/console/pipelines/shop/start").statusCode()).isEqualTo(303);
        await().until(() -> get("/console/state").body().contains("state running"));
        assertThat(post("/console/pipelines/none/pause").statusCode()).isEqualTo(404);
    }

    @Test
    void doesNothingForAPageOfAnotherSite() throws Exception {
        HttpResponse<String> response = post("/console/pipelines/shop/pause", "Origin", "http://elsewhere.example");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("other-origin");
        assertThat(post("/console/pipelines/shop/pause", "Origin", "null").statusCode())
                .isEqualTo(403);
    }

    @Test
    void saysWhereTheRejectedFilesOfAFolderLie() throws Exception {
        assertThat(get("/console/letters/shop").body()).contains("the usual place of its source");
        assertThat(get("/console/letters/none").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).POST(BodyPublishers.noBody());
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }
}
