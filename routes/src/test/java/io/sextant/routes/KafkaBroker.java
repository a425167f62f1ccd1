package io.sextant.routes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A real broker of one node, in a JVM of its own, with clients for a test. */
public final class KafkaBroker implements AutoCloseable {
    private static final long LARGE = 64L << 20;

    private final Path folder;
    private final int port = ServerProcess.freePort();
    private final int controllerPort = ServerProcess.freePort();
    private @Nullable ServerProcess process;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private KafkaBroker(Path folder) {
        this.folder = folder;
    }

    /** Prepares one that is not started; its data lie below a folder that must exist. */
    public static KafkaBroker prepare(Path folder) {
        KafkaBroker broker = new KafkaBroker(folder);
        try {
            Files.writeString(broker.settings(), broker.properties());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerProcess.run(
                "kafka",
                broker.log(),
                "-Xmx128m",
                "kafka.tools.StorageTool",
                "format",
                "-t",
                "MkU3OEVBNTcwNTJENDM2Qk",
                "-c",
                broker.settings().toString());
        return broker;
    }

    /** Starts it, also after it was stopped or killed, and waits until it answers. */
    public KafkaBroker start() {
        process = ServerProcess.start(
                "kafka",
                log(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "kafka.Kafka",
                settings().toString());
        await().atMost(Duration.ofSeconds(60)).until(this::answers);
        return this;
    }

    /** SIGTERM. */
    public void stop() {
        ServerProcess running = process;
        if (running != null) {
            running.stop();
        }
    }

    /** SIGKILL. */
    public void kill() {
        ServerProcess running = process;
        if (running != null) {
            running.kill();
        }
    }

    /** Host and port, for {@code bootstrap.servers}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Makes a topic that takes large messages, and waits until the broker tells of it: who asks before gets a topic without partitions. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, LARGE);
    }

    /** The same, of a topic that takes no larger messages than this. */
    public void createTopic(String name, int partitions, long mostBytes) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)
                            .configs(Map.of("max.message.bytes", Long.toString(mostBytes)))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() ->
                            admin
                                    .describeTopics(List.of(name))
                                    .allTopicNames()
                                    .get(5, TimeUnit.SECONDS)
                                    .values()
                                    .stream()
                                    .allMatch(topic -> topic.partitions().size() == partitions));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a message and waits until the broker has it. */
    public void send(String topic, String key, byte @Nullable [] body, String... headers) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, key.getBytes(java.nio.charset.StandardCharsets.UTF_8), body);
        for (int i = 0; i < headers.length; i += 2) {
            message.headers().add(headers[i], headers[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try {
            producer().send(message).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All messages of a topic from its beginning, once there are as many. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic, int least) {
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                settings(Map.of("auto.offset.reset", "earliest", "max.partition.fetch.bytes", (int) LARGE)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !consumer.partitionsFor(topic).isEmpty());
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(messages::add);
                        return messages.size() >= least;
                    });
            return messages;
        }
    }

    /** What a group has committed, by partition. */
    public Map<TopicPartition, Long> committed(String group) {
        try (Admin admin = admin()) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS);
            committed.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
            return offsets;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many members a group has now. */
    public int members(String group) {
        try (Admin admin = admin()) {
            return Objects.requireNonNull(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .get(30, TimeUnit.SECONDS)
                    .members()
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ZERO);
        }
        kill();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(
                    settings(Map.of("max.request.size", (int) LARGE, "buffer.memory", 2 * LARGE)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private Admin admin() {
        return Admin.create(settings(Map.of()));
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("bootstrap.servers", address());
        return all;
    }

    private boolean answers() {
        try (Admin admin = Admin.create(settings(Map.of("default.api.timeout.ms", 2000, "request.timeout.ms", 1000)))) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path settings() {
        return folder.resolve("server.properties");
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    /** The playground's, and what tests need besides. */
    private String properties() {
        return ServerProcess.settings(
                        "kafka",
                        Map.of(
                                "port",
                                port,
                                "controllerPort",
                                controllerPort,
                                "data",
                                folder.resolve("data").toString().replace('\\', '/')))
                + """
                group.min.session.timeout.ms=1000
                socket.request.max.bytes=134217728
                num.partitions=2
                """;
    }
}
