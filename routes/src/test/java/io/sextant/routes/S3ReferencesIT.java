package io.sextant.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Claim checks: messages of a real broker that refer to images on a real S3 server. */
class S3ReferencesIT {
    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static KafkaBroker broker;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static S3Server s3;

    private String in = "";
    private String out = "";

    @BeforeAll
    static void startServers(@TempDir Path brokerFolder) {
        broker = KafkaBroker.prepare(brokerFolder).start();
        s3 = S3Server.prepare(folder).start();
        s3.createBucket("images");
        s3.createBucket("private");
        s3.put("images", "photos/good one+1.jpg", TestImages.jpeg(1));
        s3.put("images", "photos/two.jpg", TestImages.jpeg(2));
        s3.put("images", "photosX/secret.jpg", TestImages.jpeg(3));
        s3.put("images", "secret.jpg", TestImages.jpeg(4));
        s3.put("images", "photos/large.jpg", new byte[300_000]);
        s3.put("private", "photos/good.jpg", TestImages.jpeg(5));
    }

    @AfterAll
    static void stopServers() {
        s3.close();
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        in = test.getTestMethod().orElseThrow().getName();
        out = in + ".results";
        broker.createTopic(in, 2);
        broker.createTopic(out, 2);
        broker.createTopic(in + ".dead-letter", 1);
    }

    @Test
    void readsImagesThatMessagesReferTo() {
        try (PipelineHarness pipelines = start()) {
            broker.send(in, "line", "s3://images/photos/two.jpg".getBytes(UTF_8));
            broker.send(
                    in,
                    "envelope",
                    "{\"image\": {\"reference\": \"s3://images/photos/good one+1.jpg\"}}".getBytes(UTF_8));
            broker.send(in, "notified", notification("images", "photos/good+one%2B1.jpg"));

            List<ConsumerRecord<byte[], byte[]>> results = broker.read(out, 3);

            assertThat(keys(results)).isEqualTo(Set.of("line", "envelope", "notified"));
            results.forEach(result -> assertThat(new String(result.value(), UTF_8))
                    .contains(
                            new String(result.key(), UTF_8).equals("line")
                                    ? "s3://images/photos/two.jpg"
                                    : "s3://images/photos/good one+1.jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void refusesWhatIsNotAllowedAndWhatIsMissing() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("other bucket", "s3://private/photos/good.jpg");
        bad.put("beside the prefix", "s3://images/photosX/secret.jpg");
        bad.put("above the prefix", "s3://images/secret.jpg");
        bad.put("climbing", "s3://images/photos/../secret.jpg");
        bad.put("climbing encoded", "s3://images/photos/%2e%2e/secret.jpg");
        bad.put("empty part", "s3://images//photos/two.jpg");
        bad.put("no bucket", "s3:///photos/two.jpg");
        bad.put("short form", "s3:images/photos/two.jpg");
        bad.put("missing", "s3://images/photos/none.jpg");
        bad.put("large", "s3://images/photos/large.jpg");
        bad.put("no such bucket", "s3://nowhere/photos/two.jpg");
        try (PipelineHarness pipelines = start()) {
            bad.forEach((key, reference) -> broker.send(in, key, reference.getBytes(UTF_8)));
            broker.send(in, "climbing notified", notification("images", "photos/..%2Fsecret.jpg"));
            broker.send(in, "good", "s3://images/photos/two.jpg".getBytes(UTF_8));

            assertThat(keys(broker.read(out, 1))).isEqualTo(Set.of("good"));
            Map<String, String> reasons = new HashMap<>();
            broker.read(in + ".dead-letter", bad.size() + 1).forEach(letter -> {
                assertThat(header(letter, "SextantDeadLetterCategory")).isEqualTo("INVALID_INPUT");
                assertThat(header(letter, "SextantDeadLetterAttempts")).isEqualTo("1");
                reasons.put(new String(letter.key(), UTF_8), header(letter, "SextantDeadLetterMessage"));
            });

            Set<String> expected = new TreeSet<>(bad.keySet());
            expected.add("climbing notified");
            assertThat(new TreeSet<>(reasons.keySet())).isEqualTo(expected);
            for (String key : List.of("other bucket", "beside the prefix", "above the prefix", "no such bucket")) {
                assertThat(reasons.get(key)).as(key).contains("lies below none of the places");
            }
            assertThat(reasons.get("climbing")).contains("climbs");
            assertThat(reasons.get("climbing notified")).contains("climbs");
            assertThat(reasons.get("climbing encoded")).contains("is missing");
            assertThat(reasons.get("missing")).contains("is missing").contains("s3://images/photos/none.jpg");
            assertThat(reasons.get("large")).contains("sextant.image.max-bytes=200000");
            assertThat(reasons.get("short form")).contains("s3://bucket/key");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void triesAgainWhileS3IsAwayAndLosesNothing(@TempDir Path other) {
        try (S3Server flaky = S3Server.prepare(other).start()) {
            flaky.createBucket("images");
            flaky.put("images", "photos/two.jpg", TestImages.jpeg(2));
            flaky.stop();
            try (PipelineHarness pipelines = start(flaky)) {
                broker.send(in, "early", "s3://images/photos/two.jpg".getBytes(UTF_8));
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> broker.committed("sextant-" + in).values().stream()
                                .allMatch(offset -> offset == 0));
                flaky.start();

                assertThat(keys(broker.read(out, 1))).isEqualTo(Set.of("early"));

                flaky.stop();
                flaky.start("another secret");
                broker.send(in, "refused", "s3://images/photos/two.jpg".getBytes(UTF_8));
                await().during(Duration.ofSeconds(1))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> broker.committed("sextant-" + in).values().stream()
                                        .mapToLong(offset -> offset)
                                        .sum()
                                == 1);
                flaky.stop();
                flaky.start();

                assertThat(keys(broker.read(out, 2))).isEqualTo(Set.of("early", "refused"));
                assertThat(pipelines.context().isStarted()).isTrue();
            }
        }
    }

    /** What one object lacks is told of its message alone; what the place lacks is waited for. */
    @Test
    void waitsForABucketThatIsMissingAndNotForAKeyThatIsNone() {
        try (PipelineHarness pipelines = start(s3, "s3://later")) {
            broker.send(in, "long", ("s3://later/" + "\u00e9".repeat(513)).getBytes(UTF_8));
            broker.send(in, "waiting", "s3://later/photos/two.jpg".getBytes(UTF_8));

            List<ConsumerRecord<byte[], byte[]>> letters = broker.read(in + ".dead-letter", 1);
            assertThat(keys(letters)).isEqualTo(Set.of("long"));
            assertThat(header(letters.get(0), "SextantDeadLetterMessage")).contains("1024 bytes");
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> broker.committed("sextant-" + in).values().stream()
                                    .mapToLong(offset -> offset)
                                    .sum()
                            <= 1);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        // Between the two, the object is missing from a bucket that is there, which is no reason to wait.
        s3.createBucket("later");
        s3.put("later", "photos/two.jpg", TestImages.jpeg(2));
        try (PipelineHarness pipelines = start(s3, "s3://later")) {
            assertThat(keys(broker.read(out, 1))).isEqualTo(Set.of("waiting"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    private PipelineHarness start() {
        return start(s3);
    }

    private PipelineHarness start(S3Server server) {
        return start(server, "s3://images/photos");
    }

    private PipelineHarness start(S3Server server, String references) {
        Map<String, String> properties = server.configuration();
        String prefix = "sextant.pipelines.photos.";
        properties.put("sextant.kafka.bootstrap.servers", broker.address());
        properties.put("sextant.image.max-bytes", "200000");
        properties.put(prefix + "from", "kafka:" + in + "?pollTimeout=20ms&commitInterval=50ms&groupId=sextant-" + in);
        properties.put(prefix + "to", "kafka:" + out);
        properties.put(prefix + "retry-delay", "20ms");
        properties.put(prefix + "max-retry-delay", "100ms");
        properties.put(prefix + "references", references);
        properties.put(prefix + "steps[0].task", "caption");
        return PipelineHarness.start(ScriptedModel.describing(), properties);
    }

    private static byte[] notification(String bucket, String key) {
        return """
                {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                  "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s"}}}]}
                """.formatted(bucket, key).getBytes(UTF_8);
    }

    private static Set<String> keys(List<ConsumerRecord<byte[], byte[]>> messages) {
        Set<String> keys = new TreeSet<>();
        messages.forEach(message -> keys.add(new String(message.key(), UTF_8)));
        return keys;
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(
                Objects.requireNonNull(message.headers().lastHeader(name)).value(), UTF_8);
    }
}
