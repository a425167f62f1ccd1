package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running program tells while the broker and the store it reads from are away. */
final class AwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String BROKER_AWAY = "Kafka source has no connection";
    private static final String STORE_AWAY = "cannot be listed";

    @TempDir
    private Path folder;

    private KafkaBroker broker;
    private S3Server store;

    @BeforeEach
    void start() throws IOException {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        broker = KafkaBroker.prepare(Files.createDirectory(folder.resolve("broker")))
                .start();
        broker.createTopic("photos", 1);
        store = S3Server.prepare(Files.createDirectory(folder.resolve("store"))).start();
        store.createBucket("camera");
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.model.path=model
                sextant.generation.max-new-tokens=2
                sextant.kafka.bootstrap.servers=%s
                sextant.s3.endpoint=%s
                sextant.s3.access-key=%s
                sextant.s3.secret-key=%s
                sextant.pipelines.topic.from=kafka:photos?groupId=away
                sextant.pipelines.topic.to=file:from-topic
                sextant.pipelines.topic.steps[0].task=caption
                sextant.pipelines.bucket.from=s3:camera?delay=200
                sextant.pipelines.bucket.to=file:from-bucket
                sextant.pipelines.bucket.steps[0].task=caption
                """.formatted(
                        broker.address(), store.address(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY));
    }

    @AfterEach
    void stop() {
        broker.close();
        store.close();
    }

    @Test
    void tellsOnceAMinuteAndGoesOnWhenTheyAreBack() throws Exception {
        DemoImages.drop("owls.png", folder.resolve("a.png"));
        byte[] image = Files.readAllBytes(folder.resolve("a.png"));
        try (Program program = Program.start(folder, "run")) {
            broker.send("photos", "one", image);
            store.put("camera", "one.png", image);
            eventually(program, () -> results("from-topic") == 1 && results("from-bucket") == 1);
            broker.stop();
            store.stop();
            // At a slow start both may have been away for a moment already.
            long before = program.log().lines().count();
            eventually(
                    program,
                    () -> told(program, before, BROKER_AWAY).size() == 2
                            && told(program, before, STORE_AWAY).size() >= 2);

            List<String> between = between(program, before, BROKER_AWAY);
            assertThat(between).as("between two lines about the broker").allMatch(line -> line.contains(STORE_AWAY));
            assertThat(between).hasSizeLessThan(3);

            broker.start();
            store.start();
            broker.send("photos", "two", image);
            store.put("camera", "two.png", image);
            eventually(program, () -> results("from-topic") == 2 && results("from-bucket") == 2);
        }
    }

    private static List<String> told(Program program, long before, String words) throws IOException {
        return program.log()
                .lines()
                .skip(before)
                .filter(line -> line.contains(words))
                .toList();
    }

    /** The lines between the first two behind the others that have these words. */
    private static List<String> between(Program program, long before, String words) throws IOException {
        return program.log()
                .lines()
                .skip(before)
                .dropWhile(line -> !line.contains(words))
                .skip(1)
                .takeWhile(line -> !line.contains(words))
                .toList();
    }

    private long results(String name) throws IOException {
        Path results = folder.resolve(name);
        if (!Files.isDirectory(results)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private void eventually(Program program, Condition condition) throws IOException {
        await().atMost(PATIENCE).until(() -> condition.holds() || !program.isAlive());
        assertThat(program.isAlive()).as(program.log()).isTrue();
    }

    /** Something that becomes true. */
    private interface Condition {
        boolean holds() throws IOException;
    }
}
