package io.sextant.app.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.routes.KafkaBroker;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on topics: several instances, and dead letters that go back. */
final class KafkaProgramIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MESSAGES = 500;
    private static final int LATE_MESSAGES = 20;

    @TempDir
    private Path folder;

    private KafkaBroker broker;
    private DeliveryLedger ledger;
    private String group = "";

    @BeforeEach
    void start(TestInfo test) throws IOException {
        group = test.getTestMethod().orElseThrow().getName();
        DeliveryLedger.Topics topics = new DeliveryLedger.Topics("photos", "photo-results", "photos.dead-letter");
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        Files.createDirectories(folder.resolve("images"));
        broker = KafkaBroker.prepare(Files.createDirectory(folder.resolve("broker")))
                .start();
        broker.createTopic(topics.in(), 4);
        broker.createTopic(topics.results(), 2);
        broker.createTopic(topics.deadLetters(), 1);
        ledger = new DeliveryLedger(broker.address(), group, topics, Set.of("caption"));
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.model.path=model
                sextant.generation.max-new-tokens=8
                sextant.kafka.bootstrap.servers=%s
                sextant.pipelines.shop.from=kafka:photos?groupId=%s&commitInterval=200ms&session.timeout.ms=3000\
                &heartbeat.interval.ms=500
                sextant.pipelines.shop.to=kafka:photo-results
                sextant.pipelines.shop.references=file:images
                sextant.pipelines.shop.steps[0].task=caption
                """.formatted(broker.address(), group));
    }

    @AfterEach
    void stop() {
        ledger.close();
        broker.close();
    }

    @Test
    void takesOverWhatAnotherInstanceLeavesWhenItIsKilled() throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            ledger.send("m-" + i, NumberedImages.png(i), true);
        }
        ledger.flush();
        try (Program first = Program.start(folder, "run");
                Program second = Program.start(folder, "run")) {
            eventually(second, () -> instancesWithPartitions() == 2);
            ledger.observe();
            int together = ledger.finished();
            assertThat(together).as("before both were at work").isLessThan(MESSAGES);
            eventually(second, () -> {
                ledger.observe();
                return ledger.finished() >= Math.min(together + 40, MESSAGES - 1);
            });
            first.kill();
            ledger.check();
            assertThat(ledger.finished()).as("when one was killed").isLessThan(MESSAGES);
            eventually(second, () -> {
                ledger.observe();
                return ledger.finished() == MESSAGES && ledger.isAllCommitted();
            });
            assertThat(instancesWithPartitions()).isEqualTo(1);
            second.stop();
        }
        ledger.checkComplete();
    }

    @Test
    void sendsDeadLettersBackOnceTheirCauseIsGone() throws Exception {
        ledger.send("late", "file:images/late.png".getBytes(UTF_8), false);
        ledger.flush();
        try (Program running = Program.start(folder, "run")) {
            eventually(running, () -> {
                ledger.observe();
                return ledger.finished() == 1;
            });
            Files.write(folder.resolve("images/late.png"), NumberedImages.png(1));

            assertThat(replay("--dry-run")).contains("would be sent  photos.dead-letter/0/0 to photos", "refused: 0");
            assertThat(replay("shop", "--category", "defect")).contains("Sent: 0, refused: 0, not chosen: 1.");
            assertThat(replay()).contains("sent  photos.dead-letter/0/0 to photos", "Sent: 1,");
            assertThat(broker.read("photo-results", 1)).hasSize(1);
            assertThat(replay()).contains("Sent: 0,");
        }
        assertThat(broker.read("photo-results", 1)).singleElement().satisfies(result -> {
            assertThat(new String(result.key(), UTF_8)).isEqualTo("late");
            assertThat(new String(result.headers().lastHeader("traceparent").value(), UTF_8))
                    .as("the trace goes on as it came, since nothing is traced here")
                    .isEqualTo(DeliveryLedger.TRACE);
        });
    }

    @Test
    void losesAndDoublesNothingWhenTheModelIsExchanged() throws Exception {
        RandomModel.write(folder.resolve("other"), RandomModelSize.tiny(), 4);
        for (int i = 0; i < MESSAGES; i++) {
            ledger.send("m-" + i, NumberedImages.png(i), true);
        }
        ledger.flush();
        URI model = URI.create("http://127.0.0.1:" + freePort() + "/v1/model");
        try (Program program =
                Program.start(folder, Map.of("QUARKUS_HTTP_PORT", String.valueOf(model.getPort())), "run")) {
            eventually(program, () -> {
                ledger.observe();
                return ledger.finished() > 20;
            });
            HttpResponse<String> begun = call(HttpRequest.newBuilder(model)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"model\":\"other\",\"drain\":true}")));
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
            eventually(program, () -> call(HttpRequest.newBuilder(model)).body().contains("\"phase\":\"done\""));
            assertThat(call(HttpRequest.newBuilder(model)).body())
                    .contains("\"how\":\"drained\"", "\"name\":\"other\"");
            for (int i = 0; i < LATE_MESSAGES; i++) {
                ledger.send("late-" + i, NumberedImages.png(i), true);
            }
            ledger.flush();
            eventually(program, () -> {
                ledger.observe();
                return ledger.finished() == MESSAGES + LATE_MESSAGES && ledger.isAllCommitted();
            });
            program.stop();
        }
        ledger.checkComplete();
        assertThat(ledger.duplicates()).isZero();
        assertThat(broker.read("photo-results", MESSAGES + LATE_MESSAGES))
                .hasSize(MESSAGES + LATE_MESSAGES)
                .extracting(result -> new ObjectMapper()
                        .readTree(result.value())
                        .at("/model/name")
                        .asText())
                .containsOnly("model", "other")
                .contains("model", "other");
    }

    private static HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String replay(String... arguments) throws Exception {
        String[] words = new String[arguments.length + 1];
        words[0] = "replay";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        try (Program replay = Program.start(folder, words)) {
            assertThat(replay.exitCode()).as(replay.log()).isZero();
            return replay.log();
        }
    }

    private void eventually(Program program, Callable<Boolean> condition) throws IOException {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> condition.call() || !program.isAlive());
        assertThat(program.isAlive()).as(program.log()).isTrue();
    }

    private long instancesWithPartitions() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            ConsumerGroupDescription description = Objects.requireNonNull(admin.describeConsumerGroups(Set.of(group))
                            .describedGroups()
                            .get(group))
                    .get(30, TimeUnit.SECONDS);
            return description.members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        }
    }
}
