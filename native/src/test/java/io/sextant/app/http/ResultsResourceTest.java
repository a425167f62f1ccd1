package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.GenerationResult;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are fetched later, as docs/http.md says. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class ResultsResourceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestHTTPResource("/")
    URI base;

    @Inject
    HeldModel model;

    @TempDir
    Path folder;

    private Client client;
    private byte[] image;

    @BeforeEach
    void prepare() throws Exception {
        client = new Client(base);
        DemoImages.drop("cakes.jpg", folder.resolve("cakes.jpg"));
        image = Files.readAllBytes(folder.resolve("cakes.jpg"));
    }

    @Test
    void answersLaterWhereThatIsPreferred() throws Exception {
        HttpResponse<byte[]> accepted = submit("hold");
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Preference-Applied")).hasValue("respond-async");
        String location = accepted.headers().firstValue("Location").orElseThrow();
        String path = URI.create(location).getPath();
        assertThat(json(accepted).path("url").asText()).isEqualTo(path);
        HttpResponse<byte[]> running = client.get(path);
        assertThat(running.statusCode()).isEqualTo(202);
        assertThat(running.headers().firstValue("Retry-After")).isPresent();

        held().complete(HeldModel.answer());

        HttpResponse<byte[]> answered = ended(path);
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(json(answered).path("text").asText()).isEqualTo("a boat");
        assertThat(client.delete(path).statusCode()).isEqualTo(204);
        assertProblem(client.get(path), 404, "no-such-result");
    }

    @Test
    void givesUpWhatIsDeleted() throws Exception {
        String path = json(submit("hold")).path("url").asText();
        CompletableFuture<GenerationResult> held = held();
        assertThat(client.delete(path).statusCode()).isEqualTo(204);
        Awaitility.await().until(held::isCancelled);
        assertThat(client.post("/v1/tasks/caption", image).statusCode())
                .as("the question counts no more")
                .isEqualTo(200);
    }

    @Test
    void tellsLaterWhyThereIsNoAnswer() throws Exception {
        String path = json(submit("break")).path("url").asText();
        assertProblem(ended(path), 500, "defect");
    }

    @Test
    void refusesAtOnceWhatCannotBeAsked() throws Exception {
        HttpResponse<byte[]> response =
                client.post("/v1/tasks/caption", new byte[] {0, 1, 2, 3}, "Prefer", "respond-async");
        assertProblem(response, 422, "invalid-image");
    }

    @Test
    void countsAnOpenQuestionAgainstItsCaller() throws Exception {
        String path = json(submit("hold")).path("url").asText();
        CompletableFuture<GenerationResult> held = held();
        assertProblem(submit("hold"), 429, "too-many-requests");
        held.complete(HeldModel.answer());
        assertThat(ended(path).statusCode()).isEqualTo(200);
    }

    @Test
    void readsAPreferenceOfASecondHeader() throws Exception {
        HttpResponse<byte[]> accepted =
                client.post("/v1/tasks/caption", image, "Prefer", "wait=5", "Prefer", "respond-async");
        assertThat(accepted.statusCode()).isEqualTo(202);
        String path = json(accepted).path("url").asText();
        assertThat(ended(path).statusCode()).isEqualTo(200);
        assertThat(client.delete(path).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "respond-async|true",
                "Respond-Async|true",
                "handling=lenient, respond-async|true",
                "respond-async, wait=10|true",
                "wait=10|false",
                "respond-asynchronously|false",
                "|false",
            })
    void readsThePreference(String header, boolean isLater) {
        assertThat(TaskAnswers.isLater(header)).isEqualTo(isLater);
    }

    private HttpResponse<byte[]> submit(String prompt) throws Exception {
        return client.post("/v1/tasks/vqa?prompt=" + prompt, image, "Prefer", "respond-async");
    }

    private CompletableFuture<GenerationResult> held() throws InterruptedException {
        return Objects.requireNonNull(model.held().poll(1, TimeUnit.MINUTES), "the question has not come");
    }

    private HttpResponse<byte[]> ended(String path) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> client.get(path), response -> response.statusCode() != 202);
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String kind) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("type").asText()).isEqualTo("urn:sextant:problem:" + kind);
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
        return MAPPER.readTree(response.body());
    }
}
