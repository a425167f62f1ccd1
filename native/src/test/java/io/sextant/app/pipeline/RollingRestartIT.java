package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.routes.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the packaged program on one topic, each stopped and replaced in turn while messages come: one result of each message. */
final class RollingRestartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String GROUP = "rolling";
    private static final DeliveryLedger.Topics TOPICS =
            new DeliveryLedger.Topics("photos", "photo-results", "photos.dead-letter");

    /** Messages that wait whenever an instance goes or comes. */
    private static final int BACKLOG = 60;

    @TempDir
    private Path folder;

    private KafkaBroker broker;
    private DeliveryLedger ledger;

    @BeforeEach
    void start() throws IOException {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        broker = KafkaBroker.prepare(Files.createDirectory(folder.resolve("broker")))
                .start();
        broker.createTopic(TOPICS.in(), 4);
        broker.createTopic(TOPICS.results(), 2);
        broker.createTopic(TOPICS.deadLetters(), 1);
        ledger = new DeliveryLedger(broker.address(), GROUP, TOPICS, Set.of("caption"));
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.model.path=model
                sextant.generation.max-new-tokens=8
                sextant.kafka.bootstrap.servers=%s
                sextant.pipelines.shop.from=kafka:photos?groupId=%s
                sextant.pipelines.shop.to=kafka:photo-results
                sextant.pipelines.shop.steps[0].task=caption
                """.formatted(broker.address(), GROUP));
    }

    @AfterEach
    void stop() {
        ledger.close();
        broker.close();
    }

    @Test
    void losesNothingAndDoublesNothing() throws Exception {
        try (Program first = Program.start(folder, "run");
                Program second = Program.start(folder, "run")) {
            load(() -> isAtWork(first) && isAtWork(second), first, second);
            leave(first);
            try (Program newFirst = Program.start(folder, "run")) {
                load(() -> isAtWork(newFirst), newFirst, second);
                leave(second);
                try (Program newSecond = Program.start(folder, "run")) {
                    load(() -> isAtWork(newSecond), newFirst, newSecond);
                    ledger.flush();
                    eventually(
                            () -> ledger.finished() == ledger.sent() && ledger.isAllCommitted(), newFirst, newSecond);
                    leave(newFirst);
                    leave(newSecond);
                }
            }
        }
        ledger.checkComplete();
        assertThat(ledger.duplicates()).as("results that came twice").isZero();
    }

    /** Asks an instance to stop while there is work for it. */
    private void leave(Program program) throws Exception {
        assertThat(program.stop()).as(program.log()).isIn(0, 143);
        assertThat(program.log()).doesNotContain("ERROR");
        ledger.check();
    }

    /** Whether it has answered something itself. */
    private static boolean isAtWork(Program program) throws IOException {
        return program.log().contains("image answered");
    }

    /** Keeps messages coming until something is so. */
    private void load(Callable<Boolean> condition, Program... programs) throws IOException {
        eventually(
                () -> {
                    while (ledger.sent() - ledger.finished() < BACKLOG) {
                        int number = ledger.sent();
                        ledger.send("m-" + number, NumberedImages.png(number), true);
                    }
                    return condition.call();
                },
                programs);
    }

    private void eventually(Callable<Boolean> condition, Program... programs) throws IOException {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    ledger.observe();
                    return condition.call() || !List.of(programs).stream().allMatch(Program::isAlive);
                });
        for (Program program : programs) {
            assertThat(program.isAlive()).as(program.log()).isTrue();
        }
    }
}
