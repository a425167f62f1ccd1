package io.sextant.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.connectors.Connectors;
import io.sextant.connectors.letter.DeadLetterReplay;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters of a real broker, of a folder and of S3, on their way back. */
class KafkaReplayIT {
    @TempDir
    static Path brokerFolder;

    @TempDir
    Path work;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static KafkaBroker broker;

    private final Map<String, String> shared = new HashMap<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private String in = "";
    private Path images = Path.of("");
    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.prepare(brokerFolder).start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void closeContext() throws IOException {
        context.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) throws IOException {
        // A test with parameters runs several times, each with topics of its own.
        in = test.getTestMethod().orElseThrow().getName() + "."
                + Integer.toHexString(test.getDisplayName().hashCode());
        for (String topic : List.of(in, in + ".results", in + ".dead-letter")) {
            broker.createTopic(topic, 1);
        }
        images = Files.createDirectory(work.resolve("images"));
    }

    @Test
    void sendsMessagesBackWithKeyAndHeadersOnceTheirCauseIsGone() throws IOException {
        byte[] claim = ("file:" + images.resolve("late.jpg")).getBytes(UTF_8);
        try (PipelineHarness pipelines = start()) {
            broker.send(in, "late", claim, "trace", "t-1", "SextantImageName", "late image");
            broker.send(in, "large", new byte[2 << 20]);
            broker.read(in + ".dead-letter", 2);
            Files.write(images.resolve("late.jpg"), TestImages.jpeg(7));

            assertThat(replay(null, Set.of(), true)).isEqualTo(new DeadLetterReplay.Report(1, 1, 0));
            assertThat(broker.read(in, 2)).as("a rehearsal sends nothing").hasSize(2);

            assertThat(replay(null, Set.of(ErrorCategory.DEFECT), false))
                    .isEqualTo(new DeadLetterReplay.Report(0, 0, 2));
            assertThat(replay(null, Set.of(ErrorCategory.INVALID_INPUT), false))
                    .isEqualTo(new DeadLetterReplay.Report(1, 1, 0));
            assertThat(broker.read(in + ".results", 1))
                    .singleElement()
                    .extracting(result -> new String(result.key(), UTF_8))
                    .isEqualTo("late");
            assertThat(replay(null, Set.of(), false))
                    .as("sent once, and none lost")
                    .isEqualTo(new DeadLetterReplay.Report(0, 1, 0));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        ConsumerRecord<byte[], byte[]> again = broker.read(in, 3).get(2);
        assertThat(again.key()).asString(UTF_8).isEqualTo("late");
        assertThat(again.value()).isEqualTo(claim);
        assertThat(again.headers().toArray())
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactlyInAnyOrder("trace=t-1", "SextantImageName=late image");
        assertThat(told)
                .contains("sent " + in + ".dead-letter/0/0 to " + in)
                .anyMatch(line ->
                        line.startsWith("refused " + in + ".dead-letter/0/1: Left out: its body of 2097152 bytes")
                                && line.contains("topic " + in + ", partition 0, offset 1"));
    }

    @Test
    void refusesALetterWhoseHeadersCouldNotBeKept() {
        try (PipelineHarness pipelines = start()) {
            broker.send(in, "twice", "no image".getBytes(UTF_8), "trace", "one", "trace", "two");
            broker.read(in + ".dead-letter", 1);
            assertThat(pipelines.context().isStarted()).isTrue();
        }

        assertThat(replay(null, Set.of(), false)).isEqualTo(new DeadLetterReplay.Report(0, 1, 0));
        assertThat(told).singleElement().asString().contains("Left out: headers: 1.");
    }

    @Test
    void sendsMessagesBackFromS3() throws IOException {
        String rejects = "s3:rejects/here";
        String message = in + "/0/0.message";
        try (S3Server s3 =
                S3Server.prepare(Files.createDirectory(work.resolve("s3"))).start()) {
            s3.createBucket("rejects");
            shared.putAll(s3.configuration());
            try (PipelineHarness pipelines = start("dead-letter", rejects)) {
                broker.send(in, "late", ("file:" + images.resolve("late.jpg")).getBytes(UTF_8), "trace", "t-1");
                await().until(() -> s3.keys("rejects").contains("here/" + message));
                Files.write(images.resolve("late.jpg"), TestImages.jpeg(7));

                assertThat(replay(rejects, Set.of(), false)).isEqualTo(new DeadLetterReplay.Report(1, 0, 0));
                assertThat(broker.read(in + ".results", 1)).hasSize(1);
                assertThat(replay(rejects, Set.of(), false)).isEqualTo(new DeadLetterReplay.Report(0, 0, 0));
                assertThat(pipelines.context().isStarted()).isTrue();
            }
            assertThat(s3.keys("rejects"))
                    .containsExactly("here/replayed/" + message, "here/replayed/" + message + ".reason.json");
        }
        ConsumerRecord<byte[], byte[]> again = broker.read(in, 2).get(1);
        assertThat(again.key()).asString(UTF_8).isEqualTo("late");
        assertThat(again.headers().lastHeader("trace").value()).asString(UTF_8).isEqualTo("t-1");
    }

    @Test
    void sendsMessagesBackFromAFolder() throws IOException {
        String rejects = "file:" + work.resolve("rejects");
        Path rejected = work.resolve("rejects").resolve(in).resolve("0/0.message");
        try (PipelineHarness pipelines = start("dead-letter", rejects)) {
            broker.send(in, "late", ("file:" + images.resolve("late.jpg")).getBytes(UTF_8), "trace", "t-1");
            PipelineHarness.awaitFile(rejected);
            Files.write(images.resolve("late.jpg"), TestImages.jpeg(7));

            assertThat(replay(rejects, Set.of(), false)).isEqualTo(new DeadLetterReplay.Report(1, 0, 0));
            assertThat(broker.read(in + ".results", 1)).hasSize(1);
            assertThat(replay(rejects, Set.of(), false)).isEqualTo(new DeadLetterReplay.Report(0, 0, 0));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(new String(
                        broker.read(in, 2).get(1).headers().lastHeader("trace").value(), UTF_8))
                .isEqualTo("t-1");
        assertThat(work.resolve("rejects/replayed").resolve(in).resolve("0/0.message"))
                .exists();
        assertThat(rejected).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "folder", "bucket"})
    void sendsATombstoneBackAsOne(String kind) throws IOException {
        try (S3Server s3 =
                S3Server.prepare(Files.createDirectory(work.resolve("s3"))).start()) {
            s3.createBucket("rejects");
            shared.putAll(s3.configuration());
            String place = switch (kind) {
                case "folder" -> "file:" + work.resolve("rejects");
                case "bucket" -> "s3:rejects";
                default -> "kafka:" + in + ".dead-letter";
            };
            try (PipelineHarness pipelines = start("dead-letter", place)) {
                broker.send(in, "gone", null);
                broker.send(in, "empty", new byte[0]);
                await().until(() -> broker.committed(in).containsValue(2L));
                assertThat(pipelines.context().isStarted()).isTrue();
            }

            assertThat(replay(place, Set.of(), false)).isEqualTo(new DeadLetterReplay.Report(2, 0, 0));
        }
        List<ConsumerRecord<byte[], byte[]>> again = broker.read(in, 4).subList(2, 4);
        assertThat(again)
                .extracting(message -> new String(message.key(), UTF_8))
                .containsExactly("gone", "empty");
        assertThat(again.get(0).value()).isNull();
        assertThat(again.get(1).value()).isEmpty();
    }

    private PipelineHarness start(String... more) {
        return PipelineHarness.start(ScriptedModel.describing(), properties(more));
    }

    private DeadLetterReplay.Report replay(@Nullable String place, Set<ErrorCategory> categories, boolean isRehearsal) {
        String[] more = place == null ? new String[0] : new String[] {"dead-letter", place};
        SextantSettings settings =
                SettingsReader.withSources(List.of(new PropertiesConfigSource(properties(more), "test", 100)));
        return new Replays(settings, Connectors.standard(settings.connectors()), context)
                .run(
                        new DeadLetterReplay.Choice(List.of(), categories, null, isRehearsal),
                        null,
                        each -> {},
                        new DeadLetterReplay.Listener() {
                            @Override
                            public void replayed(StoredLetter letter, String topic) {
                                told.add("sent " + letter.position() + " to " + topic);
                            }

                            @Override
                            public void refused(StoredLetter letter, String reason) {
                                told.add("refused " + letter.position() + ": " + reason);
                            }
                        });
    }

    private Map<String, String> properties(String... more) {
        Map<String, String> properties = new HashMap<>(shared);
        String prefix = "sextant.pipelines.photos.";
        properties.put("sextant.kafka.bootstrap.servers", broker.address());
        properties.put("sextant.image.max-bytes", "1M");
        properties.put(prefix + "from", "kafka:" + in + "?pollTimeout=20ms&commitInterval=50ms&groupId=" + in);
        properties.put(prefix + "to", "kafka:" + in + ".results");
        properties.put(prefix + "references", "file:" + images);
        properties.put(prefix + "steps[0].task", "caption");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(prefix + more[i], more[i + 1]);
        }
        return properties;
    }
}
