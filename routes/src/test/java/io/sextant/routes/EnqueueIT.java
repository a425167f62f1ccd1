package io.sextant.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.archive.ClaimSink;
import io.sextant.connectors.archive.Enqueuing;
import io.sextant.connectors.archive.ImageFilter;
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
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a folder and of S3, put to a topic of a real broker. */
class EnqueueIT {
    private static final int OBJECTS = 1_500;

    @TempDir
    static Path servers;

    @TempDir
    Path work;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static KafkaBroker broker;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static S3Server s3;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Enqueuing.State> states = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        broker = KafkaBroker.prepare(Files.createDirectory(servers.resolve("kafka")))
                .start();
        s3 = S3Server.prepare(Files.createDirectory(servers.resolve("s3"))).start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        s3.close();
    }

    @AfterEach
    void closeContext() throws IOException {
        context.close();
    }

    @Test
    void putsEachObjectToTheTopicAndGoesOnAfterAnEndInTheMiddle() throws IOException {
        broker.createTopic("archive", 2);
        s3.createBucket("photos");
        for (int i = 0; i < OBJECTS; i++) {
            s3.put("photos", "2026/%05d ü.jpg".formatted(i), new byte[] {1});
        }
        s3.put("photos", "2026/notes.txt", new byte[] {1});
        s3.put("photos", "2025/a.jpg", new byte[] {1});

        assertThatThrownBy(() -> enqueue("s3:photos/2026", "kafka:archive", Enqueuing.State.BEGIN, state -> {
                    states.add(state);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        Enqueuing.State end = enqueue("s3:photos/2026", "kafka:archive", states.get(0), states::add);

        assertThat(end.sent()).isEqualTo(OBJECTS);
        assertThat(end.leftOut()).isEqualTo(1);
        List<ConsumerRecord<byte[], byte[]>> messages = broker.read("archive", OBJECTS);
        TreeSet<String> references = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            String reference = new ObjectMapper()
                    .readTree(message.value())
                    .at("/image/reference")
                    .asText();
            assertThat(message.key()).asString(UTF_8).isEqualTo(reference);
            references.add(reference);
        }
        assertThat(references).hasSize(OBJECTS).allMatch(reference -> reference.startsWith("s3://photos/2026/"));
        assertThat(references.first()).isEqualTo("s3://photos/2026/00000 ü.jpg");
    }

    @Test
    void pipelinesAnswerAboutWhatWasPut() throws IOException {
        broker.createTopic("work", 1);
        broker.createTopic("work.results", 1);
        Path images = Files.createDirectories(work.resolve("images/trip"));
        for (int i = 0; i < 3; i++) {
            Files.write(images.resolve("a \"" + i + "\".jpg"), TestImages.jpeg(i));
        }
        Map<String, String> pipeline = new HashMap<>();
        pipeline.put("sextant.kafka.bootstrap.servers", broker.address());
        pipeline.put("sextant.pipelines.photos.from", "kafka:work");
        pipeline.put("sextant.pipelines.photos.to", "kafka:work.results");
        pipeline.put("sextant.pipelines.photos.references", "file:" + work.resolve("images"));
        pipeline.put("sextant.pipelines.photos.steps[0].task", "caption");
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), pipeline)) {
            Enqueuing.State end =
                    enqueue("file:" + work.resolve("images"), "kafka:work", Enqueuing.State.BEGIN, states::add);
            assertThat(end).isEqualTo(new Enqueuing.State("trip/a \"2\".jpg", 3, 0));
            assertThat(broker.read("work.results", 3))
                    .extracting(result -> new String(result.key(), UTF_8))
                    .containsExactlyInAnyOrder(
                            "file:" + images.resolve("a \"0\".jpg"),
                            "file:" + images.resolve("a \"1\".jpg"),
                            "file:" + images.resolve("a \"2\".jpg"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    private Enqueuing.State enqueue(String from, String to, Enqueuing.State begin, Enqueuing.Listener listener) {
        Map<String, String> keys = new HashMap<>(s3.configuration());
        keys.put("sextant.kafka.bootstrap.servers", broker.address());
        SextantSettings settings = SettingsReader.withSources(List.of(new PropertiesConfigSource(keys, "test", 100)));
        Connectors connectors = Connectors.standard(settings.connectors());
        @Nullable Integer rate = null;
        try (ClaimSink sink = connectors.forUri(to).claims(to)) {
            return new Enqueuing(
                            connectors.forUri(from).images(from, context),
                            sink,
                            ImageFilter.ALL,
                            rate,
                            System::nanoTime,
                            nanos -> {})
                    .run(begin, listener);
        }
    }
}
