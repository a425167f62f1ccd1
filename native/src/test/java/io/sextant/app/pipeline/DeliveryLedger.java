package io.sextant.app.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What was sent to a topic, and what came of it, seen from outside: results, dead letters and committed offsets. Messages are
 * known by topic/partition/offset, events by {@code ce_id}. Used by one thread; sending goes on while the broker is away.
 */
final class DeliveryLedger implements AutoCloseable {
    /** The trace that every message belongs to. */
    static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Topics topics;
    private final Set<String> steps;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> outcomes;
    private final KafkaConsumer<byte[], byte[]> group;
    /** Sending waits while the broker is away. */
    private final ExecutorService sender = Executors.newSingleThreadExecutor();

    private final Map<String, SentMessage> sent = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<String, byte[]>> results = new HashMap<>();
    private final Map<String, String> deadLetters = new HashMap<>();
    /** By {@code ce_id}, the message and step. */
    private final Map<String, String> events = new HashMap<>();

    private final Map<String, String> eventIds = new HashMap<>();
    private int sending;
    private int duplicates;

    /**
     * @param brokers for {@code bootstrap.servers}
     * @param group the group whose commits count
     * @param steps names of the steps each good message must have results of
     */
    DeliveryLedger(String brokers, String group, Topics topics, Set<String> steps) {
        this.topics = topics;
        this.steps = Set.copyOf(steps);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        120_000,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        200),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.outcomes = consumer(brokers, "observer");
        this.group = consumer(brokers, group);
        List<TopicPartition> read = Stream.of(topics.results(), topics.deadLetters())
                .flatMap(topic -> partitions(topic).stream())
                .toList();
        outcomes.assign(read);
        outcomes.seekToBeginning(read);
    }

    /** Sends a message, at once or when the broker is back. */
    void send(String key, byte[] body, boolean isGood) {
        sending++;
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topics.in(), key.getBytes(UTF_8), body);
        message.headers().add("traceparent", TRACE.getBytes(UTF_8));
        sender.execute(() -> producer.send(message, (place, failure) -> {
            if (failure == null) {
                sent.put(place.topic() + "/" + place.partition() + "/" + place.offset(), new SentMessage(key, isGood));
            } else {
                failures.add(failure);
            }
        }));
    }

    /** Waits until the broker has all that was sent. */
    void flush() {
        CompletableFuture.runAsync(producer::flush, sender).join();
        assertThat(failures).as("messages that could not be sent").isEmpty();
        assertThat(sent).hasSize(sending);
    }

    /** How many messages were sent. */
    int sent() {
        return sending;
    }

    /** How many messages are through: all results are published, or they lie in the dead letters. */
    int finished() {
        return (int) sent.keySet().stream().filter(this::isFinished).count();
    }

    /** How many results came more than once, each time with the same bytes. */
    int duplicates() {
        return duplicates;
    }

    /** Takes in what was published by now; fails on a result that came before with other bytes. */
    void observe() {
        Map<TopicPartition, Long> ends = outcomes.endOffsets(outcomes.assignment());
        while (ends.entrySet().stream().anyMatch(end -> outcomes.position(end.getKey()) < end.getValue())) {
            outcomes.poll(Duration.ofMillis(50)).forEach(this::take);
        }
    }

    /**
     * Checks what must hold at every moment: what is committed is through, and no good message lies in the dead letters.
     * Reads the commits first, so that what is published meanwhile can only help.
     */
    void check() {
        Map<TopicPartition, Long> committed = committed();
        observe();
        committed.forEach((partition, offset) -> {
            for (long each = 0; each < offset; each++) {
                assertThat(isFinished(topics.in() + "/" + partition.partition() + "/" + each))
                        .as("offset %d of partition %d is committed up to %d", each, partition.partition(), offset)
                        .isTrue();
            }
        });
        deadLetters.forEach((origin, reason) -> {
            SentMessage message = sent.get(origin);
            if (message != null) {
                assertThat(message.isGood())
                        .as("%s at %s: %s", message, origin, reason)
                        .isFalse();
            }
        });
    }

    /** Messages with at least one result or a dead letter that are not committed. */
    int finishedButNotCommitted() {
        return uncommitted(true);
    }

    /** Messages that neither have a result nor are committed. */
    int untouched() {
        return uncommitted(false);
    }

    /** Whether everything that was sent is committed. */
    boolean isAllCommitted() {
        Map<TopicPartition, Long> committed = committed();
        return group.endOffsets(partitions(topics.in())).entrySet().stream()
                .allMatch(end -> end.getValue() == 0 || end.getValue().equals(committed.get(end.getKey())));
    }

    /** Checks what must hold at the end: each good message has all results and no other, each bad one its dead letter. */
    void checkComplete() {
        check();
        sent.forEach((origin, message) -> {
            if (message.isGood()) {
                assertThat(results.getOrDefault(origin, Map.of()).keySet())
                        .as("results of %s at %s", message, origin)
                        .isEqualTo(steps);
            } else {
                assertThat(deadLetters).as("dead letter of %s", message).containsKey(origin);
                assertThat(results).as("results of %s", message).doesNotContainKey(origin);
            }
        });
        assertThat(results.keySet()).as("results come of messages").isSubsetOf(sent.keySet());
        assertThat(deadLetters.keySet()).as("dead letters come of messages").isSubsetOf(sent.keySet());
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.close(Duration.ZERO);
        outcomes.close();
        group.close();
    }

    private int uncommitted(boolean isTouched) {
        Map<TopicPartition, Long> committed = committed();
        observe();
        Set<String> touched = new HashSet<>(results.keySet());
        touched.addAll(deadLetters.keySet());
        return (int) sent.keySet().stream()
                .filter(origin -> touched.contains(origin) == isTouched)
                .filter(origin -> {
                    String[] parts = origin.split("/");
                    TopicPartition partition = new TopicPartition(parts[0], Integer.parseInt(parts[1]));
                    return Long.parseLong(parts[2]) >= committed.getOrDefault(partition, 0L);
                })
                .count();
    }

    private Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        group.committed(Set.copyOf(partitions(topics.in()))).forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    private boolean isFinished(String origin) {
        return deadLetters.containsKey(origin)
                || results.getOrDefault(origin, Map.of()).keySet().equals(steps);
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        if (message.topic().equals(topics.deadLetters())) {
            String origin = header(message, "SextantDeadLetterTopic") + "/"
                    + header(message, "SextantDeadLetterPartition") + "/" + header(message, "SextantDeadLetterOffset");
            deadLetters.put(origin, header(message, "SextantDeadLetterMessage"));
            return;
        }
        String origin = header(message, "SextantOrigin");
        String step = header(message, "SextantStep");
        String event = origin + " " + step;
        assertThat(events.putIfAbsent(header(message, "ce_id"), event))
                .as("what else has the ce_id of %s", event)
                .isIn(null, event);
        assertThat(eventIds.putIfAbsent(event, header(message, "ce_id")))
                .as("the ce_id that %s came with before", event)
                .isIn(null, header(message, "ce_id"));
        byte[] earlier = results.computeIfAbsent(origin, key -> new HashMap<>()).putIfAbsent(step, message.value());
        if (earlier != null) {
            duplicates++;
            assertThat(Arrays.equals(earlier, message.value()))
                    .as("step %s of %s came twice: %s and %s", step, origin, text(earlier), text(message.value()))
                    .isTrue();
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return group.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String brokers, String group) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        200),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        assertThat(header).as("header " + name).isNotNull();
        return text(header.value());
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    /**
     * The topics of a pipeline.
     *
     * @param in where messages are sent to
     * @param results where results go
     * @param deadLetters where bad messages go
     */
    record Topics(String in, String results, String deadLetters) {}
}
