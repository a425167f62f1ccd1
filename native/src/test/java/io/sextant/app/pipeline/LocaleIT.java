package io.sextant.app.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sextant.app.AboutTheJar;
import io.sextant.app.PackagedProgram;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.routes.KafkaBroker;
import io.sextant.routes.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in every script that come by message or from a bucket, in a process without a locale: by the launcher, and by the jar itself. */
@AboutTheJar
final class LocaleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Map<String, String> NO_LOCALE = Map.of("LC_ALL", "C", "LANG", "");
    private static final String NAME = "\u00dcbung-\u732b.png";

    @TempDir
    private Path folder;

    private KafkaBroker broker;
    private S3Server store;

    @BeforeEach
    void start() throws IOException {
        assumeThat(System.getProperty("sun.jnu.encoding"))
                .as("the test itself writes such names")
                .isEqualTo("UTF-8");
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        Path image = Files.createDirectory(folder.resolve("refs")).resolve(NAME);
        DemoImages.drop("owls.png", image);
        broker = KafkaBroker.prepare(Files.createDirectory(folder.resolve("broker")))
                .start();
        for (String topic : List.of("photos", "results", "photos.dead-letter")) {
            broker.createTopic(topic, 1);
        }
        store = S3Server.prepare(Files.createDirectory(folder.resolve("store"))).start();
        store.createBucket("camera");
        store.put("camera", NAME, Files.readAllBytes(image));
        broker.send("photos", "claim", ("file:refs/" + NAME).getBytes(UTF_8));
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.model.path=model
                sextant.generation.max-new-tokens=2
                sextant.kafka.bootstrap.servers=%s
                sextant.s3.endpoint=%s
                sextant.s3.access-key=%s
                sextant.s3.secret-key=%s
                sextant.pipelines.topic.from=kafka:photos?groupId=locale
                sextant.pipelines.topic.to=kafka:results
                sextant.pipelines.topic.references=file:refs
                sextant.pipelines.topic.steps[0].task=caption
                sextant.pipelines.bucket.from=s3:camera
                sextant.pipelines.bucket.to=file:from-bucket
                sextant.pipelines.bucket.steps[0].task=caption
                """.formatted(
                        broker.address(), store.address(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY));
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
        if (store != null) {
            store.close();
        }
    }

    @Test
    void launcherReadsThemAll() throws Exception {
        List<String> launcher = List.of(Launcher.in(folder).toString());
        try (Program program = Program.start(folder, NO_LOCALE, launcher, "run")) {
            List<ConsumerRecord<byte[], byte[]>> results = broker.read("results", 1);
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(folder.resolve("from-bucket/" + NAME + ".caption.json"))
                            || !program.isAlive());

            assertThat(program.isAlive()).as(program.log()).isTrue();
            assertThat(new String(results.get(0).value(), UTF_8)).contains(NAME);
            assertThat(store.keys("camera")).containsExactly(NAME);
        }
    }

    @Test
    void jarByHandSaysWhatToDoAndGoesOn() throws Exception {
        broker.send("photos", "plain", Files.readAllBytes(folder.resolve("refs/" + NAME)));
        try (Program program = Program.start(folder, NO_LOCALE, PackagedProgram.jar(), "run")) {
            List<ConsumerRecord<byte[], byte[]>> letters = broker.read("photos.dead-letter", 1);
            assertThat(broker.read("results", 1))
                    .extracting(result -> new String(result.key(), UTF_8))
                    .containsExactly("plain");
            await().atMost(PATIENCE)
                    .until(() -> store.keys("camera").stream().anyMatch(key -> key.endsWith(".reason.json"))
                            || !program.isAlive());

            assertThat(program.isAlive()).as(program.log()).isTrue();
            assertThat(program.log()).contains("start with LC_ALL=C.UTF-8");
            assertThat(header(letters.get(0), "SextantDeadLetterCategory")).isEqualTo("INVALID_INPUT");
            assertThat(header(letters.get(0), "SextantDeadLetterMessage")).contains("LC_ALL=C.UTF-8");
            assertThat(new String(reason(), UTF_8)).contains("LC_ALL=C.UTF-8");
        }
    }

    private byte[] reason() {
        String key = store.keys("camera").stream()
                .filter(candidate -> candidate.endsWith(".reason.json"))
                .findFirst()
                .orElseThrow();
        return store.get("camera", key);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
