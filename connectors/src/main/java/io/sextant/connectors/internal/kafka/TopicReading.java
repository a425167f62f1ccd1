package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.ConnectorException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning up to ends that are known, which messages that arrive meanwhile do not move. Used by one thread. */
final class TopicReading {
    /** How long a broker may be silent. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> client;
    private final Map<TopicPartition, Long> ends;
    private final LongSupplier nanoTime;

    /**
     * @param client to which these partitions are assigned
     * @param ends of each partition, behind its last message
     * @param nanoTime tells how long nothing came
     */
    TopicReading(Consumer<byte[], byte[]> client, Map<TopicPartition, Long> ends, LongSupplier nanoTime) {
        this.client = client;
        this.ends = Map.copyOf(ends);
        this.nanoTime = nanoTime;
    }

    /**
     * Reads all of it; may be called again.
     *
     * @throws ConnectorException if the broker does not answer any more
     */
    void forEach(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        client.seekToBeginning(ends.keySet());
        Map<String, Long> missing = missing();
        long heard = nanoTime.getAsLong();
        while (!missing.isEmpty()) {
            ConsumerRecords<byte[], byte[]> messages = client.poll(Duration.ofMillis(200));
            for (ConsumerRecord<byte[], byte[]> message : messages) {
                Long end = ends.get(new TopicPartition(message.topic(), message.partition()));
                if (end != null && message.offset() < end) {
                    reader.accept(message);
                }
            }
            Map<String, Long> now = missing();
            if (!now.equals(missing)) {
                missing = now;
                heard = nanoTime.getAsLong();
            } else if (nanoTime.getAsLong() - heard > PATIENCE.toNanos()) {
                throw new ConnectorException(
                        "Nothing came of a topic for " + PATIENCE.toSeconds() + " s, with messages left to read: "
                                + missing + "; check the broker and the network, and begin again.",
                        null);
            }
        }
    }

    /** How far behind its end each partition is that is not at it; marks of transactions and gaps of compaction count too. */
    private Map<String, Long> missing() {
        Map<String, Long> missing = new TreeMap<>();
        ends.forEach((partition, end) -> {
            long left = end - client.position(partition, PATIENCE);
            if (left > 0) {
                missing.put(partition.toString(), left);
            }
        });
        return missing;
    }
}
