package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.GenerationResult;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tasks over HTTP, as docs/http.md says they are. */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class TasksResourceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final byte[] PNG_BEGINNING = {(byte) 0x89, 'P', 'N', 'G'};

    @TestHTTPResource("/")
    URI base;

    @Inject
    TaskRunner tasks;

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
    void listsTheTasksOfTheRegistry() throws Exception {
        HttpResponse<byte[]> response = client.get("/v1/tasks");
        assertThat(response.statusCode()).isEqualTo(200);
        TaskRegistry registry = tasks.registry();
        assertThat(json(response).path("tasks").findValuesAsText("name"))
                .isEqualTo(registry.tasks().stream()
                        .map(task -> task.descriptor().name())
                        .toList());
        assertThat(json(response).path("tasks").get(0).path("image").asText()).isEqualTo("required");
        assertThat(json(response)
                        .at("/tasks/0/resultSchema/properties/type/const")
                        .asText())
                .isEqualTo("caption");
    }

    @Test
    void answersAboutAnImageThatIsTheBody() throws Exception {
        HttpResponse<byte[]> response =
                client.post("/v1/tasks/vqa?prompt=how%20many%3F", image, "Content-Type", "image/jpeg");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(json(response).path("task").asText()).isEqualTo("vqa");
        assertThat(json(response).path("prompt").asText()).isEqualTo("how many?");
        assertThat(json(response).path("text").asText()).isEqualTo("a boat");
        assertThat(json(response).at("/image/width").asInt()).isPositive();
    }

    @Test
    void answersAboutAnImageInAForm() throws Exception {
        HttpResponse<byte[]> response = client.postForm("/v1/tasks/vqa", "how many?", image);
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(json(response).path("prompt").asText()).isEqualTo("how many?");
        assertThat(json(response).at("/image/reference").asText()
                        + json(response).at("/image/name").asText())
                .contains("boats.jpg");
    }

    @Test
    void answersAboutAnImageInJson() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                "/v1/tasks/vqa", "{\"image\": {\"data\": \"" + base64() + "\"}, \"prompt\": \"how many?\"}");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(json(response).path("prompt").asText()).isEqualTo("how many?");
    }

    @Test
    void readsTheHeadersOfTheCallThatATaskNames() throws Exception {
        HttpResponse<byte[]> response =
                client.post("/v1/tasks/car", image, "Content-Type", "image/jpeg", "colour", "red");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(json(response).path("task").asText()).isEqualTo("car@2");
        assertThat(json(response).at("/headers/colour").asText()).isEqualTo("red");

        HttpResponse<byte[]> without = client.post("/v1/tasks/car@2", image, "Content-Type", "image/jpeg");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(text(without)).contains("reads the header \\\"colour\\\"");
    }

    @Test
    void answersSeveralStepsAboutOneImage() throws Exception {
        HttpResponse<byte[]> response = client.postJson(
                "/v1/tasks",
                "{\"image\": {\"data\": \"" + base64()
                        + "\"}, \"steps\": [{\"task\": \"caption\"}, {\"task\": \"detection\", \"prompt\": \"cake\"}]}");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(json(response).path("results").findValuesAsText("task")).containsExactly("caption", "detection");
    }

    @Test
    void aStepOfSeveralHasItsOwnHeaders() throws Exception {
        String body = "{\"image\": {\"data\": \"" + base64()
                + "\"}, \"steps\": [{\"task\": \"car@2\", \"headers\": {\"colour\": \"red\"}},"
                + " {\"task\": \"car@2\", \"headers\": {\"colour\": \"blue\"}}]}";

        HttpResponse<byte[]> response = client.postJson("/v1/tasks", body);

        assertThat(json(response).at("/results/0/headers/colour").asText()).isEqualTo("red");
        assertThat(json(response).at("/results/1/headers/colour").asText()).isEqualTo("blue");
    }

    @Test
    void drawsTheAnswerWhereAnImageIsWanted() throws Exception {
        HttpResponse<byte[]> response = client.post("/v1/tasks/caption", image, "Accept", "image/png");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(response.body()).startsWith(PNG_BEGINNING);
    }

    @Test
    void sendsTheTextWhileItIsWrittenAndTheResultAtTheEnd() throws Exception {
        HttpResponse<byte[]> response =
                client.post("/v1/tasks/vqa?prompt=how%20many%3F", image, "Accept", "text/event-stream");
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(text(response).lines().filter(line -> !line.isEmpty()).toList())
                .startsWith(
                        "event: text",
                        "data: {\"text\":\"a \"}",
                        "event: text",
                        "data: {\"text\":\"boat\"}",
                        "event: result")
                .hasSize(6)
                .last()
                .asString()
                .contains("\"text\":\"a boat\"");
    }

    @Test
    void saysInTheMiddleThatItFailed() throws Exception {
        HttpResponse<byte[]> response =
                client.post("/v1/tasks/vqa?prompt=say%20and%20break", image, "Accept", "text/event-stream");
        assertThat(text(response))
                .contains("event: problem", "urn:sextant:problem:defect")
                .doesNotContain("secret inside");
    }

    @Test
    void tellsEachKindOfBadInput() throws Exception {
        String data = "{\"image\": {\"data\": \"" + base64() + "\"}";
        assertProblem(client.post("/v1/tasks/nonsense", image), 404, "no-such-task", "/v1/tasks");
        assertProblem(client.post("/v1/tasks/caption", new byte[0]), 422, "invalid-request", "no body");
        assertProblem(client.post("/v1/tasks/caption", bytes("hello")), 422, "invalid-request", "text");
        assertProblem(
                client.post("/v1/tasks/caption", bytes("\u0000\u0001\u0002\u0003")), 422, "invalid-image", "JPEG");
        assertProblem(client.postJson("/v1/tasks/caption", "{\"image\": "), 422, "invalid-request", "malformed JSON");
        assertProblem(client.postJson("/v1/tasks/caption", data + ", \"x\": 1}"), 422, "invalid-request", "\"x\"");
        assertProblem(
                client.postJson("/v1/tasks/caption", data + ", \"steps\": [{\"task\": \"vqa\"}]}"),
                422,
                "invalid-request",
                "steps");
        assertProblem(
                client.postJson("/v1/tasks/caption", "{\"image\": {\"reference\": \"file:/etc/passwd\"}}"),
                422,
                "invalid-request",
                "file:");
        assertProblem(client.postJson("/v1/tasks", data + "}"), 422, "invalid-request", "steps");
        assertProblem(
                client.postJson("/v1/tasks", data + ", \"steps\": [{\"task\": \"none\"}]}"),
                422,
                "invalid-request",
                "none");
        assertProblem(client.post("/v1/tasks/vqa", image), 422, "invalid-request", "prompt");
        assertProblem(client.post("/v1/tasks/identify?box=1,2,3", image), 422, "invalid-request", "1,2,3");
        assertProblem(client.post("/v1/tasks/caption?maxNewTokens=0", image), 422, "invalid-request", "maxNewTokens");
        for (String written : List.of("abc", "1.5", "99999999999", "1e3")) {
            assertProblem(
                    client.post("/v1/tasks/caption?maxNewTokens=" + written, image),
                    422,
                    "invalid-request",
                    "maxNewTokens must be in 1..500 (sextant.generation.max-new-tokens), was \"" + written);
        }
        assertProblem(
                client.post("/v1/tasks/caption?maxNewTokens=501", image),
                422,
                "invalid-request",
                "sextant.generation.max-new-tokens");
        assertProblem(client.postForm("/v1/tasks/vqa", "how many?", new byte[0]), 422, "invalid-request", "image");
        assertProblem(client.post("/v1/tasks/caption", new byte[250 << 10]), 422, "invalid-image", "max-bytes");
        assertProblem(
                client.post("/v1/tasks/caption", image, "Accept", "text/csv"), 406, "not-acceptable", "image/png");
        assertThat(client.get("/v1/tasks/caption").statusCode()).isEqualTo(405);
    }

    @Test
    void readsAHeaderThatComesTwiceToItsEnd() throws Exception {
        assertProblem(
                client.post("/v1/tasks/caption", image, "Accept", "application/json", "Accept", ";;;"),
                400,
                "malformed-header",
                "Accept");
        assertProblem(
                client.post("/v1/tasks/caption", image, "Content-Type", "image/jpeg", "Content-Type", ";;;"),
                400,
                "malformed-header",
                "Content-Type");
        assertProblem(
                client.post("/v1/tasks/caption", image, "Content-Type", "image/jpeg", "Content-Type", "image/png"),
                400,
                "malformed-header",
                "Content-Type");
        assertThat(client.post("/v1/tasks/caption", image, "Accept", "text/csv", "Accept", "image/png")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("image/png");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|application/json",
                "*/*|application/json",
                "image/*|image/png",
                "application/json;q=0.1, image/png|image/png",
                "application/json;q=0, */*;q=0.1|image/png",
                "application/*;q=0, image/*;q=0, */*|text/event-stream",
                "image/png;q=0, image/*|application/problem+json",
                "application/json;q=0|application/problem+json",
                "*/*;q=0.0|application/problem+json",
            })
    void answersInNoFormThatIsRefused(String accepted, String sent) throws Exception {
        assertThat(client.post("/v1/tasks/caption", image, "Accept", accepted)
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue(sent);
    }

    @Test
    void refusesWhatIsAskedTwiceOrHasAnotherName() throws Exception {
        assertProblem(client.post("/v1/tasks/vqa?prompt=a&prompt=b", image), 422, "invalid-request", "prompt");
        assertProblem(client.post("/v1/tasks/caption?promt=a", image), 422, "invalid-request", "\"promt\"");
        assertProblem(form("/v1/tasks/vqa", "image", "prompt", "prompt"), 422, "invalid-request", "prompt");
        assertProblem(form("/v1/tasks/caption", "image", "image"), 422, "invalid-request", "image");
        assertProblem(form("/v1/tasks/caption", "image", "promt"), 422, "invalid-request", "\"promt\"");
        assertProblem(form("/v1/tasks/vqa?prompt=a", "image"), 422, "invalid-request", "prompt");
        assertProblem(form("/v1/tasks/vqa", "prompt"), 422, "invalid-request", "no file \"image\"");
        assertProblem(
                client.postJson(
                        "/v1/tasks?promt=a",
                        "{\"image\": {\"data\": \"" + base64() + "\"}, \"steps\": [{\"task\": \"caption\"}]}"),
                422,
                "invalid-request",
                "\"promt\"");
        assertThat(form("/v1/tasks/vqa", "prompt", "image").statusCode()).isEqualTo(200);
    }

    /** A form of these fields; that of the image is a file. */
    private HttpResponse<byte[]> form(String path, String... fields) throws Exception {
        StringBuilder form = new StringBuilder();
        for (String field : fields) {
            boolean isFile = field.equals("image");
            form.append("--part\r\nContent-Disposition: form-data; name=\"" + field + "\""
                    + (isFile ? "; filename=\"a.jpg\"\r\nContent-Type: image/jpeg" : "") + "\r\n\r\n"
                    + (isFile ? new String(image, StandardCharsets.ISO_8859_1) : "how many?") + "\r\n");
        }
        return client.post(
                path,
                form.append("--part--\r\n").toString().getBytes(StandardCharsets.ISO_8859_1),
                "Content-Type",
                "multipart/form-data; boundary=part");
    }

    @Test
    void tellsThatMemoryRanOut() throws Exception {
        HttpResponse<byte[]> response = client.post("/v1/tasks/vqa?prompt=run%20out", image);
        assertProblem(response, 503, "busy", "memory");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void refusesABodyThatNoImageNeeds() throws Exception {
        assertProblem(client.post("/v1/tasks/caption", new byte[2 << 20]), 413, "too-large", "max-bytes");
    }

    @Test
    void saysWhenToComeBackWhileTheModelIsBusy() throws Exception {
        HttpResponse<byte[]> response = client.post("/v1/tasks/vqa?prompt=be%20busy", image);
        assertProblem(response, 503, "busy", "1000 wait");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void keepsToItselfWhatBrokeInside() throws Exception {
        HttpResponse<byte[]> response = client.post("/v1/tasks/vqa?prompt=break", image);
        assertProblem(response, 500, "defect", "the log");
        assertThat(text(response)).doesNotContain("secret inside");
    }

    @Test
    void letsOneCallerHaveOnlySoManyQuestionsOpen() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> first = client.postLater("/v1/tasks/vqa?prompt=hold", image);
        CompletableFuture<GenerationResult> held =
                Objects.requireNonNull(model.held().poll(1, TimeUnit.MINUTES), "the question has not come");

        HttpResponse<byte[]> second = client.post("/v1/tasks/caption", image);
        held.complete(HeldModel.answer());

        assertProblem(second, 429, "too-many-requests", "sextant.http.max-concurrent-requests");
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(client.post("/v1/tasks/caption", image).statusCode()).isEqualTo(200);
    }

    @Test
    void givesUpWhatACallerWhoHasGoneAsked() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> question = client.postLater("/v1/tasks/vqa?prompt=hold", image);
        CompletableFuture<GenerationResult> held =
                Objects.requireNonNull(model.held().poll(1, TimeUnit.MINUTES), "the question has not come");
        question.cancel(true);
        Awaitility.await().until(held::isCancelled);
    }

    @Test
    void refusesPagesOfOtherSites() throws Exception {
        assertProblem(
                client.post("/v1/tasks/caption", image, "Origin", "http://elsewhere.example"),
                403,
                "other-origin",
                "site");
        String own = "http://" + base.getAuthority();
        assertThat(client.post("/v1/tasks/caption", image, "Origin", own).statusCode())
                .isEqualTo(200);
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String kind, String detail)
            throws Exception {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("type").asText()).isEqualTo("urn:sextant:problem:" + kind);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(List.of(problem.path("title").asText())).doesNotContain("");
    }

    private String base64() {
        return Base64.getEncoder().encodeToString(image);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.ISO_8859_1);
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
        return MAPPER.readTree(response.body());
    }
}
