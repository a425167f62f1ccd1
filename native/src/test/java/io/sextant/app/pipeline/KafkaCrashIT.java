package io.sextant.app.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.routes.KafkaBroker;
import io.sextant.routes.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program between two topics, killed again and again with SIGKILL while messages come in, and the broker and the
 * S3 server go and come back. Nothing may be lost, nothing doubled that differs, nothing stuck. {@code -Dsextant.crash.kills=20} makes it
 * longer.
 */
final class KafkaCrashIT {
    private static final int KILLS = Integer.getInteger("sextant.crash.kills", 5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String GROUP = "crash";
    private static final DeliveryLedger.Topics TOPICS =
            new DeliveryLedger.Topics("photos", "photo-results", "photo-rejects");

    /** So many messages wait when a process starts that none of them runs dry before it is killed. */
    private static final int BACKLOG = 40;

    /** Every so many messages one is no image. */
    private static final int BAD = 11;

    @TempDir
    private Path folder;

    private KafkaBroker broker;
    private S3Server s3;
    private Admin admin;
    private DeliveryLedger ledger;
    private final Map<CrashPhase, Integer> hits = new EnumMap<>(CrashPhase.class);
    private int brokerDeaths;
    private int s3Deaths;

    @BeforeEach
    void start() throws IOException {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        Files.createDirectories(folder.resolve("images"));
        s3 = S3Server.prepare(Files.createDirectory(folder.resolve("s3"))).start();
        s3.createBucket("images");
        broker = KafkaBroker.prepare(Files.createDirectory(folder.resolve("broker")))
                .start();
        broker.createTopic(TOPICS.in(), 4);
        broker.createTopic(TOPICS.results(), 2);
        broker.createTopic(TOPICS.deadLetters(), 1);
        admin = Admin.create(Map.of("bootstrap.servers", broker.address(), "reconnect.backoff.max.ms", 200));
        ledger = new DeliveryLedger(broker.address(), GROUP, TOPICS, Set.of("caption", "vqa"));
    }

    @AfterEach
    void stop() {
        ledger.close();
        admin.close();
        broker.close();
        s3.close();
    }

    @Test
    void losesNothingDoublesNothingThatDiffersAndSticksNowhere() throws Exception {
        CrashPhase[] phases = CrashPhase.values();
        int mostAttempts = 3 * KILLS + phases.length;
        for (int attempt = 0; kills() < KILLS || hits.size() < phases.length; attempt++) {
            assertThat(attempt).as("attempts, of which hit: %s", hits).isLessThan(mostAttempts);
            CrashPhase aim = phases[attempt % phases.length];
            topUp();
            switch (aim) {
                case BEFORE_PUBLISHING -> killBeforePublishing(attempt);
                case BEFORE_COMMIT -> killBeforeCommit();
                case REBALANCE -> killInRebalance(attempt);
            }
            ledger.check();
        }
        assertThat(brokerDeaths).isPositive();
        assertThat(s3Deaths).isPositive();

        ledger.flush();
        configure("20ms");
        try (Program program = Program.start(folder, "run")) {
            eventually(program, () -> {
                ledger.observe();
                return ledger.finished() == ledger.sent() && ledger.isAllCommitted();
            });
            program.stop();
        }
        ledger.checkComplete();
        System.out.printf(
                "KafkaCrashIT: kills %s, deaths of the broker %d and of S3 %d, messages %d, duplicates of the same bytes %d%n",
                hits, brokerDeaths, s3Deaths, ledger.sent(), ledger.duplicates());
    }

    /** Commits follow at once, and the model takes most of the time: whatever is not committed has no result. */
    private void killBeforePublishing(int attempt) throws Exception {
        configure("10ms");
        try (Program program = Program.start(folder, "run")) {
            awaitProgress(program, 3);
            if (attempt % 2 == 0) {
                restartBroker(attempt);
                awaitProgress(program, 3);
            }
            eventually(program, () -> ledger.finishedButNotCommitted() == 0);
            program.kill();
        }
        if (ledger.untouched() > 0) {
            hit(ledger.finishedButNotCommitted() == 0 ? CrashPhase.BEFORE_PUBLISHING : CrashPhase.BEFORE_COMMIT);
        }
    }

    /** Commits come once an hour, results at once, as far as they do not wait for S3. */
    private void killBeforeCommit() throws Exception {
        configure("1h");
        s3.kill();
        s3Deaths++;
        try (Program program = Program.start(folder, "run")) {
            eventually(program, () -> program.log().contains("comes again"));
            s3.start();
            awaitProgress(program, 5);
            program.kill();
        }
        if (ledger.finishedButNotCommitted() > 0) {
            hit(CrashPhase.BEFORE_COMMIT);
        }
    }

    /** A second instance joins; the old one dies of it, or the new one. */
    private void killInRebalance(int attempt) throws Exception {
        configure("20ms");
        try (Program first = Program.start(folder, "run")) {
            awaitProgress(first, 2);
            try (Program second = Program.start(folder, "run")) {
                eventually(second, this::isRebalancing);
                Program victim = attempt % 2 == 0 ? second : first;
                victim.kill();
                if (isRebalancing()) {
                    hit(CrashPhase.REBALANCE);
                }
                Program survivor = victim == first ? second : first;
                topUp();
                awaitProgress(survivor, 3);
                survivor.stop();
            }
        }
    }

    /** SIGKILL or SIGTERM; messages are sent all the while. */
    private void restartBroker(int attempt) {
        if (attempt % 4 == 0) {
            broker.kill();
        } else {
            broker.stop();
        }
        brokerDeaths++;
        sendMore(10);
        broker.start();
        ledger.flush();
    }

    private void hit(CrashPhase phase) {
        hits.merge(phase, 1, Integer::sum);
    }

    private int kills() {
        return hits.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void awaitProgress(Program program, int messages) throws IOException {
        ledger.observe();
        int before = ledger.finished();
        eventually(program, () -> {
            ledger.observe();
            return ledger.finished() >= before + messages;
        });
    }

    private void eventually(Program program, Callable<Boolean> condition) throws IOException {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> condition.call() || !program.isAlive());
        assertThat(program.isAlive()).as(program.log()).isTrue();
    }

    private boolean isRebalancing() throws InterruptedException {
        try {
            GroupState state = Objects.requireNonNull(admin.describeConsumerGroups(Set.of(GROUP))
                            .describedGroups()
                            .get(GROUP))
                    .get(30, TimeUnit.SECONDS)
                    .groupState();
            return state == GroupState.PREPARING_REBALANCE || state == GroupState.COMPLETING_REBALANCE;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private void topUp() {
        ledger.flush();
        ledger.observe();
        sendMore(BACKLOG - (ledger.sent() - ledger.finished()));
        ledger.flush();
    }

    private void sendMore(int messages) {
        for (int i = 0; i < messages; i++) {
            send(ledger.sent());
        }
    }

    /** In turn an image, a claim check for S3, one for a file, and now and then no image. */
    private void send(int number) {
        byte[] image = NumberedImages.png(number);
        if (number % BAD == BAD - 1) {
            ledger.send("bad-" + number, Arrays.copyOf(image, image.length / 2), false);
        } else if (number % 3 == 0) {
            ledger.send("inline-" + number, image, true);
        } else if (number % 3 == 1) {
            s3.put("images", "photos/" + number + ".png", image);
            ledger.send("object-" + number, ("s3://images/photos/" + number + ".png").getBytes(UTF_8), true);
        } else {
            Path file = folder.resolve("images").resolve(number + ".png");
            write(file, image);
            ledger.send("claim-" + number, ("file:" + file).getBytes(UTF_8), true);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void configure(String commitInterval) throws IOException {
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.model.path=model
                sextant.generation.max-new-tokens=60
                sextant.kafka.bootstrap.servers=%s
                sextant.kafka.reconnect.backoff.max.ms=200
                sextant.pipelines.crash.from=kafka:%s?groupId=%s&commitInterval=%s&pollTimeout=10ms\
                &session.timeout.ms=3000&heartbeat.interval.ms=500
                sextant.pipelines.crash.to=kafka:%s
                sextant.pipelines.crash.dead-letter=kafka:%s
                sextant.pipelines.crash.references=file:%s,s3://images/photos
                sextant.s3.endpoint=%s
                sextant.s3.access-key=%s
                sextant.s3.secret-key=%s
                sextant.pipelines.crash.retry-delay=100ms
                sextant.pipelines.crash.max-retry-delay=500ms
                sextant.pipelines.crash.steps[0].task=caption
                sextant.pipelines.crash.steps[1].task=vqa
                sextant.pipelines.crash.steps[1].prompt=what is it?
                """.formatted(
                        broker.address(),
                        TOPICS.in(),
                        GROUP,
                        commitInterval,
                        TOPICS.results(),
                        TOPICS.deadLetters(),
                        folder.resolve("images"),
                        s3.address(),
                        S3Server.ACCESS_KEY,
                        S3Server.SECRET_KEY));
    }
}
