package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.StoredLetter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A topic of dead letters. Used by one thread. */
final class KafkaArchive implements DeadLetterArchive {
    /*
     * What was replayed is noted in the topic itself, behind the letters, by a message without a body. So notes live as long
     * as the letters they are about, letters that were passed over stay open, and there is no group whose offsets could be
     * ahead of what was sent.
     */
    private final String topic;
    private final Map<String, Object> settings;
    private final KafkaReturn notes;
    private final Clock clock;

    /**
     * @param settings how to connect
     * @param notes takes notes of what was replayed; closed with this
     */
    KafkaArchive(String topic, Map<String, Object> settings, KafkaReturn notes, Clock clock) {
        this.topic = topic;
        this.settings = settings;
        this.notes = notes;
        this.clock = clock;
    }

    @Override
    public String place() {
        return "kafka:" + topic;
    }

    @Override
    public void forEach(java.util.function.Consumer<StoredLetter> reader) {
        try (Consumer<byte[], byte[]> client = KafkaClients.consumer(settings)) {
            List<TopicPartition> partitions = client.partitionsFor(topic, TopicReading.PATIENCE).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            client.assign(partitions);
            TopicReading messages =
                    new TopicReading(client, client.endOffsets(partitions, TopicReading.PATIENCE), System::nanoTime);
            Set<String> replayed = new HashSet<>();
            messages.forEach(message -> KafkaLetters.replayed(message).ifPresent(replayed::add));
            messages.forEach(message -> {
                if (KafkaLetters.replayed(message).isEmpty() && !replayed.contains(KafkaLetters.place(message))) {
                    KafkaLetters.read(message).ifPresent(reader);
                }
            });
            client.close(CloseOptions.timeout(Duration.ZERO));
        } catch (KafkaException e) {
            throw new ConnectorException(
                    "Dead letters of " + place() + " cannot be read (" + e.getMessage()
                            + "); check broker, topic and permissions.",
                    e);
        }
    }

    @Override
    public void markReplayed(StoredLetter letter) {
        String place = letter.position().substring(topic.length() + 1);
        ProducerRecord<byte[], byte[]> note = new ProducerRecord<>(
                topic,
                Integer.parseInt(place.substring(0, place.indexOf('/'))),
                ("replayed " + place).getBytes(StandardCharsets.UTF_8),
                new byte[0]);
        note.headers().add(KafkaLetters.REPLAYED, place.getBytes(StandardCharsets.UTF_8));
        note.headers()
                .add(KafkaDeadLetter.PREFIX + "Time", clock.instant().toString().getBytes(StandardCharsets.UTF_8));
        notes.deliver(note);
    }

    @Override
    public void close() {
        notes.close();
    }
}
