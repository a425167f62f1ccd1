package io.sextant.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Awaitility.setDefaultTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.core.error.ResourceExhaustedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines against a real server that speaks the S3 protocol. */
class S3PipelineIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** So far from each other that no two have the same JPEG file. */
    private static final int[] COLOURS = {0x000000, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x808080
    };

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static S3Server s3;

    private String bucket = "";

    @BeforeAll
    static void startServer() {
        setDefaultTimeout(Duration.ofSeconds(60));
        s3 = S3Server.prepare(folder).start();
    }

    @AfterAll
    static void stopServer() {
        Awaitility.reset();
        s3.close();
    }

    @BeforeEach
    void createBucket(TestInfo test) {
        String method = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        bucket = method.substring(0, Math.min(40, method.length()))
                + Integer.toHexString(test.getDisplayName().hashCode());
        s3.createBucket(bucket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stay", "move", "delete"})
    void publishesResultsAndThenPutsTheOriginalAway(String original) throws IOException {
        s3.put(bucket, "photos/a b+c.jpg", TestImages.jpeg(COLOURS[1]));
        s3.put(bucket, "photos/trip/b.png", TestImages.png(2));
        s3.put(bucket, "photosX/c.jpg", TestImages.jpeg(COLOURS[3]));
        s3.put(bucket, "photos/.hidden.jpg", TestImages.jpeg(COLOURS[4]));
        List<String> results = List.of(
                "results/a b+c.jpg.caption.json",
                "results/a b+c.jpg.caption.png",
                "results/trip/b.png.caption.json",
                "results/trip/b.png.caption.png");
        ScriptedModel model = ScriptedModel.describing();
        try (PipelineHarness pipelines = start(model, "original", original, "draw", "true")) {
            await().untilAsserted(() -> assertThat(s3.keys(bucket)).containsAll(results));
            List<String> originals = List.of("photos/a b+c.jpg", "photos/trip/b.png");
            switch (original) {
                case "stay" ->
                    await().during(Duration.ofMillis(300))
                            .untilAsserted(() -> assertThat(s3.keys(bucket)).containsAll(originals));
                case "move" ->
                    await().untilAsserted(() -> assertThat(s3.keys(bucket))
                            .contains("photos/done/a b+c.jpg", "photos/done/trip/b.png")
                            .doesNotContainAnyElementsOf(originals));
                default ->
                    await().untilAsserted(() -> assertThat(s3.keys(bucket)).doesNotContainAnyElementsOf(originals));
            }
            assertThat(s3.keys(bucket))
                    .hasSize(results.size() + (original.equals("delete") ? 2 : 4))
                    .contains("photosX/c.jpg", "photos/.hidden.jpg");
            assertThat(json("results/trip/b.png.caption.json").at("/image/name").asText())
                    .isEqualTo("trip/b.png");
            assertThat(model.askedImages()).containsExactlyInAnyOrder("a b+c.jpg", "trip/b.png");
            assertThat(problem(pipelines)).isEmpty();
        }
    }

    @Test
    void looksAtTheTimesThatAreSet() {
        String from = "s3:" + bucket + "?prefix=photos/&initialDelay=3600000&delay=3600000";
        s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
        try (PipelineHarness pipelines = start(ScriptedModel.describing(), "from", from, "cron", "* * * * * ?")) {
            await().untilAsserted(() -> assertThat(s3.keys(bucket)).contains("results/a.jpg.caption.json"));
            s3.put(bucket, "photos/b.jpg", TestImages.jpeg(COLOURS[2]));
            await().untilAsserted(() -> assertThat(s3.keys(bucket)).contains("results/b.jpg.caption.json"));
            assertThat(problem(pipelines)).isEmpty();
        }
    }

    @Test
    void putsBadObjectsAsideWithTheirReasonWhileTheirNeighboursPass() throws IOException {
        s3.put(bucket, "photos/broken.jpg", TestImages.truncatedJpeg());
        s3.put(bucket, "photos/empty.jpg", new byte[0]);
        s3.put(bucket, "photos/large.jpg", new byte[300_000]);
        s3.put(bucket, "photos/trip/text.jpg", "no image".getBytes(UTF_8));
        s3.put(bucket, "photos/zebra.jpg", TestImages.jpeg(COLOURS[1]));
        ScriptedModel model = ScriptedModel.describing();
        try (PipelineHarness pipelines = start(model, "sextant.image.max-bytes", "200000")) {
            await().untilAsserted(() -> assertThat(s3.keys(bucket))
                    .containsExactly(
                            "photos/rejected/broken.jpg",
                            "photos/rejected/broken.jpg.reason.json",
                            "photos/rejected/empty.jpg",
                            "photos/rejected/empty.jpg.reason.json",
                            "photos/rejected/large.jpg",
                            "photos/rejected/large.jpg.reason.json",
                            "photos/rejected/trip/text.jpg",
                            "photos/rejected/trip/text.jpg.reason.json",
                            "photos/zebra.jpg",
                            "results/zebra.jpg.caption.json"));
            assertThat(reason("broken.jpg")).contains("truncated");
            assertThat(reason("empty.jpg")).contains("no body");
            assertThat(reason("large.jpg")).contains("sextant.image.max-bytes=200000");
            assertThat(reason("trip/text.jpg"))
                    .contains("a body is the image itself")
                    .contains("\"references\" allows it");
            assertThat(s3.get(bucket, "photos/rejected/broken.jpg")).isEqualTo(TestImages.truncatedJpeg());
            JsonNode reason = json("photos/rejected/broken.jpg.reason.json");
            assertThat(reason.at("/category").asText()).isEqualTo("INVALID_INPUT");
            assertThat(reason.at("/attempts").asInt()).isEqualTo(1);
            assertThat(model.askedImages()).containsExactly("zebra.jpg");

            // Back where it came from, mended.
            s3.put(bucket, "photos/broken.jpg", TestImages.jpeg(COLOURS[7]));
            await().untilAsserted(() -> assertThat(s3.keys(bucket)).contains("results/broken.jpg.caption.json"));
            assertThat(problem(pipelines)).isEmpty();
        }
    }

    @Test
    void doesNotAskAgainAboutImagesThatStayAndAsksAboutReplacedOnes() {
        s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
        s3.put(bucket, "photos/b.jpg", TestImages.jpeg(COLOURS[2]));
        ScriptedModel first = ScriptedModel.describing();
        try (PipelineHarness pipelines = start(first)) {
            await().until(() -> first.askedImages().size() == 2);
            s3.put(bucket, "photos/b.jpg", TestImages.jpeg(COLOURS[3]));
            await().until(() -> first.askedImages().size() == 3);
            await().untilAsserted(() -> assertThat(
                            json("results/b.jpg.caption.json").at("/text").asText())
                    .contains(digest(TestImages.jpeg(COLOURS[3])).substring(0, 8)));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        ScriptedModel second = ScriptedModel.describing();
        try (PipelineHarness pipelines = start(second)) {
            s3.put(bucket, "photos/c.jpg", TestImages.jpeg(COLOURS[4]));
            await().until(() -> s3.keys(bucket).contains("results/c.jpg.caption.json"));
            assertThat(second.askedImages()).containsExactly("c.jpg");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void keepsWhatReplacedAImageWhileItWasProcessed() throws InterruptedException {
        s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedModel model = new ScriptedModel(request -> {
            asked.countDown();
            FolderPipelineTest.awaitLatch(answer);
            return ScriptedModel.describe(request);
        });
        try (PipelineHarness pipelines = start(model, "original", "delete")) {
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[2]));
            answer.countDown();

            await().untilAsserted(() -> assertThat(s3.keys(bucket)).containsExactly("results/a.jpg.caption.json"));
            assertThat(model.askedImages()).hasSize(2);
            assertThat(new String(s3.get(bucket, "results/a.jpg.caption.json"), UTF_8))
                    .contains(digest(TestImages.jpeg(COLOURS[2])));
            assertThat(problem(pipelines)).isEmpty();
        }
    }

    @Test
    void givesTheSameBytesAgainAndOverwritesNothingThatWasMoved() {
        try (PipelineHarness pipelines = start(ScriptedModel.describing(), "original", "move")) {
            s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
            await().until(() -> s3.keys(bucket).contains("photos/done/a.jpg"));
            byte[] first = s3.get(bucket, "results/a.jpg.caption.json");
            s3.delete(bucket, "results/a.jpg.caption.json");

            s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
            await().untilAsserted(() ->
                    assertThat(s3.keys(bucket)).containsExactly("photos/done/a.jpg", "results/a.jpg.caption.json"));
            assertThat(s3.get(bucket, "results/a.jpg.caption.json")).isEqualTo(first);

            s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[2]));
            await().untilAsserted(() -> assertThat(s3.keys(bucket))
                    .hasSize(3)
                    .doesNotContain("photos/a.jpg")
                    .anyMatch(key -> key.matches("photos/done/a-[0-9a-f]{12}\\.jpg")));
            assertThat(s3.get(bucket, "photos/done/a.jpg")).isEqualTo(TestImages.jpeg(COLOURS[1]));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void triesAgainWhatIsNotTheImagesFault() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedModel model = new ScriptedModel(request -> {
            if (request.images().get(0).name().equals("a.jpg") && calls.incrementAndGet() <= 2) {
                throw new ResourceExhaustedException("no memory now");
            }
            return ScriptedModel.describe(request);
        });
        s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
        s3.put(bucket, "photos/b.jpg", TestImages.jpeg(COLOURS[2]));
        try (PipelineHarness pipelines = start(model, "original", "delete")) {
            await().untilAsserted(() -> assertThat(s3.keys(bucket))
                    .containsExactly("results/a.jpg.caption.json", "results/b.jpg.caption.json"));
            assertThat(calls).hasValue(3);
            assertThat(problem(pipelines)).isEmpty();
        }
    }

    @Test
    void sendsResultsToAFolderAndToKafka(@TempDir Path results, @TempDir Path brokerFolder) {
        try (KafkaBroker broker = KafkaBroker.prepare(brokerFolder).start()) {
            broker.createTopic("results", 1);
            s3.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
            try (PipelineHarness pipelines = start(
                    ScriptedModel.describing(),
                    "original",
                    "delete",
                    "to",
                    "file:" + results + ",kafka:results",
                    "sextant.kafka.bootstrap.servers",
                    broker.address())) {
                ConsumerRecord<byte[], byte[]> result =
                        broker.read("results", 1).get(0);
                assertThat(new String(result.key(), UTF_8)).isEqualTo(digest(TestImages.jpeg(COLOURS[1])));
                assertThat(new String(result.headers().lastHeader("ce_subject").value(), UTF_8))
                        .isEqualTo("a.jpg");
                await().untilAsserted(() -> assertThat(s3.keys(bucket)).isEmpty());
                assertThat(PipelineHarness.files(results)).containsExactly("a.jpg.caption.json");
                assertThat(pipelines.context().isStarted()).isTrue();
            }
        }
    }

    @Test
    void takesResultsAndDeadLettersOfAKafkaSource(@TempDir Path brokerFolder) throws IOException {
        try (KafkaBroker broker = KafkaBroker.prepare(brokerFolder).start()) {
            broker.createTopic("in", 1);
            Map<String, String> properties = s3.configuration();
            String prefix = "sextant.pipelines.photos.";
            properties.put("sextant.kafka.bootstrap.servers", broker.address());
            properties.put(prefix + "from", "kafka:in");
            properties.put(prefix + "to", "s3:" + bucket + "/results");
            properties.put(prefix + "dead-letter", "s3:" + bucket + "/rejects");
            properties.put(prefix + "steps[0].task", "caption");
            try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
                broker.send("in", "bad", "no image".getBytes(UTF_8), "trace", "t-1");
                broker.send("in", "good", TestImages.jpeg(COLOURS[1]));

                await().untilAsserted(() -> assertThat(s3.keys(bucket))
                        .containsExactly(
                                "rejects/in/0/0.message",
                                "rejects/in/0/0.message.reason.json",
                                "results/in/0/1.caption.json"));
                assertThat(s3.get(bucket, "rejects/in/0/0.message"))
                        .asString(UTF_8)
                        .isEqualTo("no image");
                JsonNode reason = json("rejects/in/0/0.message.reason.json");
                assertThat(reason.at("/category").asText()).isEqualTo("INVALID_INPUT");
                assertThat(reason.at("/origin/topic").asText()).isEqualTo("in");
                assertThat(reason.at("/origin/headers/0/name").asText()).isEqualTo("trace");
                assertThat(pipelines.context().isStarted()).isTrue();
            }
        }
    }

    @Test
    void readsRequestsThatAreObjects() throws IOException {
        s3.put(bucket, "library/one.jpg", TestImages.jpeg(COLOURS[1]));
        s3.put(bucket, "photos/order", """
                {"image": {"reference": "s3://%s/library/one.jpg"}, "steps": [{"task": "vqa", "prompt": "how many?"}]}
                """.formatted(bucket).getBytes(UTF_8));
        try (PipelineHarness pipelines =
                start(ScriptedModel.describing(), "references", "s3://" + bucket + "/library", "original", "delete")) {
            await().untilAsserted(() ->
                    assertThat(s3.keys(bucket)).containsExactly("library/one.jpg", "results/order.vqa.json"));
            assertThat(json("results/order.vqa.json").at("/text").asText()).endsWith("how many?");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void startsWithoutS3SaysSoAndRecoversByItself(@TempDir Path other) {
        try (S3Server later = S3Server.prepare(other)) {
            ScriptedModel model = ScriptedModel.describing();
            try (PipelineHarness pipelines = start(later, model, "original", "move")) {
                await().until(() -> problem(pipelines).contains("cannot be reached"));

                later.start();
                await().until(() -> problem(pipelines).contains("no such bucket"));
                later.createBucket(bucket);
                later.put(bucket, "photos/a.jpg", TestImages.jpeg(COLOURS[1]));
                await().until(() -> later.keys(bucket).contains("photos/done/a.jpg"));
                assertThat(problem(pipelines)).isEmpty();

                later.put(bucket, "outside/b.jpg", TestImages.jpeg(COLOURS[2]));
                later.stop();
                await().until(() -> problem(pipelines).contains("cannot be reached"));
                later.start();
                later.put(bucket, "photos/b.jpg", TestImages.jpeg(COLOURS[2]));
                await().until(() -> later.keys(bucket).contains("photos/done/b.jpg"));
                await().until(() -> problem(pipelines).isEmpty());
                assertThat(later.keys(bucket)).noneMatch(key -> key.contains("rejected"));
            }
        }
    }

    @Test
    void pausesWhileItsCredentialsAreRefusedAndRejectsNothing(@TempDir Path other) {
        try (S3Server strict = S3Server.prepare(other).start()) {
            strict.createBucket(bucket);
            for (int i = 0; i < 5; i++) {
                strict.put(bucket, "photos/" + i + ".jpg", TestImages.jpeg(COLOURS[i]));
            }
            strict.stop();
            strict.start("another secret");
            ScriptedModel model = ScriptedModel.describing();
            try (PipelineHarness pipelines = start(strict, model, "original", "move")) {
                await().until(() -> problem(pipelines).contains("403"));
                assertThat(problem(pipelines)).contains("sextant.s3.secret-key").doesNotContain(S3Server.SECRET_KEY);
                assertThat(model.askedImages()).isEmpty();

                strict.stop();
                strict.start();
                await().until(() -> strict.keys(bucket).stream()
                                .filter(key -> key.startsWith("photos/done/"))
                                .count()
                        == 5);
                await().until(() -> problem(pipelines).isEmpty());
                assertThat(strict.keys(bucket)).hasSize(10).noneMatch(key -> key.contains("rejected"));
                assertThat(model.askedImages()).hasSize(5);
            }
        }
    }

    @Test
    void losesNothingWhenS3IsStoppedBetweenAnswerAndResult(@TempDir Path other) {
        try (S3Server flaky = S3Server.prepare(other).start()) {
            flaky.createBucket(bucket);
            for (int i = 0; i < 4; i++) {
                flaky.put(bucket, "photos/" + i + ".jpg", TestImages.jpeg(COLOURS[i]));
            }
            AtomicInteger calls = new AtomicInteger();
            ScriptedModel model = new ScriptedModel(request -> {
                if (calls.incrementAndGet() == 2) {
                    flaky.kill();
                }
                return ScriptedModel.describe(request);
            });
            try (PipelineHarness pipelines = start(flaky, model, "original", "delete")) {
                await().until(() -> problem(pipelines).contains("cannot be reached"));
                flaky.start();
                await().untilAsserted(() -> assertThat(flaky.keys(bucket))
                        .containsExactly(
                                "results/0.jpg.caption.json",
                                "results/1.jpg.caption.json",
                                "results/2.jpg.caption.json",
                                "results/3.jpg.caption.json"));
                await().until(() -> problem(pipelines).isEmpty());
            }
        }
    }

    private PipelineHarness start(ScriptedModel model, String... more) {
        return start(s3, model, more);
    }

    private PipelineHarness start(S3Server server, ScriptedModel model, String... more) {
        Map<String, String> properties = new HashMap<>(server.configuration());
        String prefix = "sextant.pipelines.photos.";
        properties.put(prefix + "from", "s3:" + bucket + "?prefix=photos/&delay=50&initialDelay=0");
        properties.put(prefix + "to", "s3:" + bucket + "/results");
        properties.put(prefix + "retry-delay", "20ms");
        properties.put(prefix + "max-retry-delay", "100ms");
        properties.put(prefix + "steps[0].task", "caption");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i].startsWith("sextant.") ? more[i] : prefix + more[i], more[i + 1]);
        }
        return PipelineHarness.start(model, properties);
    }

    /** What the health check of the source says, empty if it is up. */
    private static String problem(PipelineHarness pipelines) {
        Consumer consumer = pipelines.context().getRoute("pipeline-photos").getConsumer();
        assertThat(consumer).isInstanceOf(HealthCheckAware.class);
        HealthCheck.Result result =
                ((HealthCheckAware) consumer).getHealthCheck().callReadiness();
        return result.getState() == HealthCheck.State.UP
                ? ""
                : result.getMessage().orElse("?");
    }

    private JsonNode json(String key) throws IOException {
        return MAPPER.readTree(s3.get(bucket, key));
    }

    private String reason(String name) throws IOException {
        return json("photos/rejected/" + name + ".reason.json").at("/message").asText();
    }

    private static String digest(byte[] content) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
