package io.sextant.app.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker of one node that also is its own controller, reached from this machine alone. */
final class KafkaServer {
    private static final String CLUSTER = "cGxheWdyb3VuZC1zZXh0YQ";

    private final Path folder;
    private final int port;

    /**
     * @param folder of its data, settings and log
     * @param port free until now
     */
    KafkaServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts it, waits until it answers, and has it make the topics there are not yet. */
    ServerProcess start(List<String> topics) throws Exception {
        Files.createDirectories(folder);
        Path settings = folder.resolve("server.properties");
        Path log = folder.resolve("server.log");
        Files.writeString(settings, properties(ServerProcess.requireFree("--kafka-port", 0)));
        if (!Files.exists(data().resolve("meta.properties"))) {
            ServerProcess.start(
                            "Kafka broker",
                            "kafka",
                            log,
                            "-Xmx128m",
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            CLUSTER,
                            "-c",
                            settings.toString())
                    .runToEnd();
        }
        ServerProcess server = ServerProcess.start(
                "Kafka broker",
                "kafka",
                log,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "kafka.Kafka",
                settings.toString());
        try {
            server.awaitReady(this::answers);
            createMissing(topics);
            return server;
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    private void createMissing(List<String> topics) throws Exception {
        try (Admin admin = admin()) {
            Set<String> there = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            admin.createTopics(topics.stream()
                            .filter(topic -> !there.contains(topic))
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    /** Kafka's client warns for every connection it does not get, so it is asked last. */
    private boolean answers() throws InterruptedException {
        if (!ServerProcess.isListening(port)) {
            return false;
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", address(), "default.api.timeout.ms", 30_000, "request.timeout.ms", 10_000));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String properties(int controllerPort) throws IOException {
        return ServerProcess.settings(
                "kafka",
                Map.of(
                        "port",
                        port,
                        "controllerPort",
                        controllerPort,
                        "data",
                        data().toAbsolutePath().toString().replace('\\', '/')));
    }
}
