package io.sextant.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model is exchanged while callers and a pipeline ask: nothing fails, is lost or comes twice, and no answer mixes two models. */
@QuarkusTest
@TestProfile(ModelExchangeTest.Profile.class)
class ModelExchangeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FOLDER = "io.sextant.test.exchange";
    private static final int CALLERS = 4;
    private static final int IMAGES = 30;
    private static final int LATE_IMAGES = 5;

    @ConfigProperty(name = FOLDER)
    Path folder;

    @TestHTTPResource("/")
    URI base;

    private Client client;
    private String steps = "";

    /** Two tiny random models, and a pipeline of two steps on the first. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "exchange-test")
                        .toRealPath();
                RandomModel.write(folder.resolve("a"), RandomModelSize.tiny(), 3);
                RandomModel.write(folder.resolve("b"), RandomModelSize.tiny(), 4);
                Files.createDirectory(folder.resolve("in"));
                return Map.ofEntries(
                        Map.entry(FOLDER, folder.toString()),
                        Map.entry("quarkus.http.test-port", "0"),
                        Map.entry("sextant.model.path", folder.resolve("a").toString()),
                        Map.entry("sextant.model.cache-size", "16M"),
                        Map.entry("sextant.generation.max-new-tokens", "8"),
                        Map.entry("sextant.pipelines.shop.from", "file:" + folder.resolve("in")),
                        Map.entry("sextant.pipelines.shop.to", "file:" + folder.resolve("out")),
                        Map.entry("sextant.pipelines.shop.original", "move"),
                        Map.entry("sextant.pipelines.shop.settle", "50ms"),
                        Map.entry("sextant.pipelines.shop.steps[0].task", "caption"),
                        Map.entry("sextant.pipelines.shop.steps[1].task", "grounding"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        client = new Client(base);
        Path image = Files.createTempFile(folder, "image", ".jpg");
        Files.delete(image);
        DemoImages.drop("cakes.jpg", image);
        steps = "{\"image\":{\"data\":\"" + Base64.getEncoder().encodeToString(Files.readAllBytes(image))
                + "\"},\"steps\":[{\"task\":\"caption\"},{\"task\":\"grounding\"}]}";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exchangesTheModelUnderLoad(boolean isDrained) throws Exception {
        String before = fingerprint();
        String other = model().path("model").asText().endsWith("/a") ? "b" : "a";
        String names = isDrained ? "drained" : "beside";
        AtomicBoolean isEnough = new AtomicBoolean();
        Queue<HttpResponse<byte[]>> responses = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(CompletableFuture.runAsync(() -> ask(isEnough, responses), task -> new Thread(task).start()));
        }
        drop(names, 0, IMAGES);
        await().atMost(PATIENCE).until(() -> answered(names) > 2 && responses.size() > CALLERS);

        HttpResponse<byte[]> begun = exchange(folder.resolve(other).toString(), isDrained);
        assertThat(begun.statusCode()).as(text(begun)).isEqualTo(202);
        assertThat(begun.headers().firstValue("Location")).hasValue("/v1/model");
        await().atMost(PATIENCE).until(() -> !isUnderWay());
        String after = fingerprint();
        int untilThen = responses.size() + CALLERS;
        drop(names, IMAGES, IMAGES + LATE_IMAGES);
        await().atMost(PATIENCE).until(() -> responses.size() > untilThen + CALLERS);
        isEnough.set(true);
        callers.forEach(CompletableFuture::join);
        await().atMost(PATIENCE).until(() -> answered(names) == 2L * (IMAGES + LATE_IMAGES));

        assertThat(exchange().path("phase").asText()).isEqualTo("done");
        assertThat(exchange().path("how").asText()).isEqualTo(names);
        assertThat(after).isNotEqualTo(before);
        List<HttpResponse<byte[]>> all = List.copyOf(responses);
        assertThat(all)
                .filteredOn(response -> response.statusCode() != 200)
                .hasSizeLessThanOrEqualTo(isDrained ? all.size() : 0)
                .allSatisfy(response -> {
                    assertProblem(response, 503, "no-model", "exchanged");
                    assertThat(response.headers().firstValue("Retry-After")).isPresent();
                });
        assertThat(models(all)).contains(before, after).containsOnly(before, after);
        assertThat(models(all.subList(untilThen, all.size())))
                .hasSize(all.size() - untilThen)
                .containsOnly(after);
        List<String> published = new ArrayList<>();
        for (int i = 0; i < IMAGES + LATE_IMAGES; i++) {
            List<JsonNode> both = new ArrayList<>();
            for (String step : List.of("caption", "grounding")) {
                both.add(MAPPER.readTree(folder.resolve("out/" + names + i + ".jpg." + step + ".json")
                                .toFile())
                        .at("/model/fingerprint"));
            }
            published.add(oneModel(both));
        }
        assertThat(published).contains(before, after).containsOnly(before, after);
        assertThat(folder.resolve("in/rejected")).as("dead letters").isEmptyDirectory();
    }

    @Test
    void tellsWhichModelAnswersEverywhere() throws Exception {
        await().atMost(PATIENCE).until(() -> !isUnderWay());
        assertThat(exchange(folder.resolve("b").toString(), false).statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> !isUnderWay());
        String fingerprint = fingerprint();
        assertThat(text(client.get("/v1/models"))).contains("\"id\":\"b:caption\"");
        assertThat(MAPPER.readTree(client.get("/v1/openapi.json").body())
                        .at("/paths/~1v1~1chat~1completions/post/requestBody/content/application~1json/example/model")
                        .asText())
                .isEqualTo("b");
        assertThat(text(client.get("/"))).contains("data-name=\"b\"", fingerprint.substring(0, 12));
        assertThat(text(client.get("/q/health/ready"))).contains(fingerprint);
        assertThat(text(client.get("/q/metrics")).lines().filter(line -> line.startsWith("sextant_model{")))
                .singleElement()
                .asString()
                .contains("fingerprint=\"" + fingerprint + "\"");
        assertThat(client.postJson(
                                "/v1/chat/completions",
                                "{\"model\":\"b\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(text(client.postJson(
                        "/v1/chat/completions",
                        "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}")))
                .contains("no-such-model");
    }

    @Test
    void refusesWhatItCannotExchangeAndGoesOn() throws Exception {
        await().atMost(PATIENCE).until(() -> !isUnderWay());
        String before = fingerprint();
        assertProblem(exchange(folder.resolve("none").toString(), false), 422, "unusable-model", "/none");
        assertThat(exchange().path("phase").asText()).isEqualTo("failed");
        assertThat(exchange().path("failure").asText()).contains("/none");
        assertProblem(client.postJson("/v1/model", "{\"path\":\"b\"}"), 422, "invalid-request", "\"path\"");
        assertProblem(client.postJson("/v1/model", "{\"model\":3}"), 422, "invalid-request", "model must be text");
        assertProblem(
                client.postJson("/v1/model", "{\"model\":\"b\",\"drain\":1}"), 422, "invalid-request", "drain must be");
        assertProblem(client.postJson("/v1/model", "[]"), 422, "invalid-request", "JSON object");
        assertProblem(
                client.post(
                        "/v1/model",
                        "{\"model\":\"b\"}".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json",
                        "Origin",
                        "http://elsewhere.example"),
                403,
                "other-origin",
                "same host");
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void exchangesTheModelFromTheConsole() throws Exception {
        await().atMost(PATIENCE).until(() -> !isUnderWay());
        assertThat(form("model=" + folder.resolve("none")).statusCode()).isEqualTo(200);
        assertThat(text(client.get("/console/state"))).contains("/none", "failed");
        assertThat(form("model=" + folder.resolve("a") + "&drain=true").statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> !isUnderWay());
        assertThat(text(client.get("/console/state")))
                .contains("data-name=\"a\"", "the earlier one closed first", ": done");
    }

    private void ask(AtomicBoolean isEnough, Queue<HttpResponse<byte[]>> responses) {
        while (!isEnough.get()) {
            try {
                responses.add(client.postJson("/v1/tasks", steps));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void drop(String names, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            DemoImages.drop("boats.jpg", folder.resolve("in/" + names + i + ".jpg"));
        }
    }

    /** Which model gave each answer. */
    private static List<String> models(List<HttpResponse<byte[]>> responses) throws IOException {
        List<String> models = new ArrayList<>();
        for (HttpResponse<byte[]> response : responses) {
            List<JsonNode> both = MAPPER.readTree(response.body()).findValues("fingerprint");
            if (response.statusCode() == 200) {
                models.add(oneModel(both));
            }
        }
        return models;
    }

    private static String oneModel(List<JsonNode> fingerprints) {
        List<String> different =
                fingerprints.stream().map(JsonNode::asText).distinct().toList();
        assertThat(different).as("the models of one image's answers").hasSize(1);
        return different.get(0);
    }

    private long answered(String names) throws IOException {
        if (!Files.isDirectory(folder.resolve("out"))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(names) && file.endsWith(".json"))
                    .count();
        }
    }

    private HttpResponse<byte[]> exchange(String model, boolean isDrained) throws Exception {
        return client.postJson("/v1/model", "{\"model\":\"" + model + "\",\"drain\":" + isDrained + "}");
    }

    private HttpResponse<byte[]> form(String fields) throws Exception {
        HttpResponse<byte[]> response = client.post(
                "/console/model",
                fields.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(response.statusCode()).isEqualTo(303);
        return client.get(response.headers().firstValue("Location").orElseThrow());
    }

    private JsonNode model() throws Exception {
        return MAPPER.readTree(client.get("/v1/model").body()).path("model");
    }

    private JsonNode exchange() throws Exception {
        return MAPPER.readTree(client.get("/v1/model").body()).path("exchange");
    }

    private boolean isUnderWay() throws Exception {
        JsonNode exchange = exchange();
        return !exchange.isMissingNode()
                && !Set.of("done", "failed").contains(exchange.path("phase").asText());
    }

    private String fingerprint() throws Exception {
        return model().path("fingerprint").asText();
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String kind, String detail)
            throws IOException {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        JsonNode problem = MAPPER.readTree(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:sextant:problem:" + kind);
        assertThat(problem.path("detail").asText()).contains(detail);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
