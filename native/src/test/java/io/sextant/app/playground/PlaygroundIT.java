package io.sextant.app.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.app.PackagedProgram;
import io.sextant.app.demo.DemoImages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The playground of the packaged program, and the pipelines it writes, as a user types them. */
@DisabledIfSystemProperty(
        named = PackagedProgram.PROPERTY,
        matches = ".+",
        disabledReason = "the playground starts its servers on the Java virtual machine it runs on")
final class PlaygroundIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void startsServersRunsThePipelinesItWroteAndStopsEverything() throws Exception {
        Process playground = start("playground", "--kafka-port", "0", "--s3-port", "0");
        try {
            await().atMost(PATIENCE).until(() -> log("playground").contains("Ctrl-C") || !playground.isAlive());
            assertThat(playground.isAlive()).as(log("playground")).isTrue();
            assertThat(log("playground"))
                    .contains("run --config sextant-playground/application.properties")
                    .contains("playground send IMAGE");
            List<ProcessHandle> servers = playground.descendants().toList();
            assertThat(servers).hasSize(2);

            Path settings = folder.resolve("sextant-playground/application.properties");
            assertThat(settings).content().contains("embedded model");
            try (S3Client s3 = S3Server.client(value(settings, "sextant.s3.endpoint"))) {
                runsThePipelines(settings, s3);
            }

            playground.destroy();
            assertThat(playground.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            assertThat(log("playground")).doesNotContain("does not run");
            assertThat(ServerProcess.isListening(port("http://" + value(settings, "sextant.kafka.bootstrap.servers"))))
                    .isFalse();
            assertThat(ServerProcess.isListening(port(value(settings, "sextant.s3.endpoint"))))
                    .isFalse();
        } finally {
            playground.descendants().forEach(ProcessHandle::destroyForcibly);
            playground.destroyForcibly();
        }
    }

    @Test
    void saysWhereNoPlaygroundIs() throws Exception {
        DemoImages.drop("owls.png", folder.resolve("sea.png"));
        Process send = start("playground", "send", "sea.png");
        assertThat(send.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(send.exitValue()).isEqualTo(2);
        assertThat(log("playground")).contains("There is no playground in sextant-playground");
    }

    private void runsThePipelines(Path settings, S3Client s3) throws Exception {
        DemoImages.drop("owls.png", folder.resolve("sea.png"));
        Process inbox = start("send", "playground", "send", "--inbox", "sea.png");
        assertThat(inbox.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(log("send")).contains("s3://playground/inbox/sea.png");
        Process pipelines = start("run", "--config", settings.toString());
        try {
            Process send = start("send", "playground", "send", "sea.png");
            assertThat(send.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(log("send")).contains("s3://playground/images/sea.png");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(keys(s3))
                            .contains(
                                    "inbox/done/sea.png",
                                    "images/sea.png",
                                    "results/sea.png.caption.json",
                                    "results/sea.png.caption.png"));
            Process results = start("results", "playground", "results", "--wait", "20");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(log("results"))
                            .contains("sea.png  caption  {")
                            .contains("sea.png  detection  {"));
            results.destroy();
        } finally {
            pipelines.destroy();
            pipelines.waitFor();
        }
    }

    private static List<String> keys(S3Client s3) {
        return s3.listObjectsV2(request -> request.bucket(PlaygroundFolder.BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** @param words the first names the log; where it is a verb of its own it is part of the command */
    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(PackagedProgram.command(
                "-Dquarkus.http.port=0",
                "-Dio.sextant.playground=" + Path.of(System.getProperty("sextant.top"), "playground")));
        List<String> verb = List.of(words);
        boolean isNamed = List.of("send", "results").contains(words[0]);
        command.addAll(isNamed ? verb.subList(1, verb.size()) : verb);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(words[0] + ".log").toFile())
                .start();
    }

    private String log(String name) throws IOException {
        Path log = folder.resolve(name + ".log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static String value(Path settings, String key) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(settings)) {
            properties.load(reader);
        }
        return properties.getProperty(key);
    }

    private static int port(String address) {
        return URI.create(address).getPort();
    }
}
