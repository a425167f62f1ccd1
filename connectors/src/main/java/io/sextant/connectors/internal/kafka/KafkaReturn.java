package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.letter.DeadLetter.Header;
import io.sextant.connectors.letter.MessageReturn;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.connectors.message.SourceKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Messages back to topics, byte for byte. Used by one thread. */
final class KafkaReturn implements MessageReturn {
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param settings of the producer, with brokers */
    KafkaReturn(Map<String, Object> settings) {
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(String topic, StoredLetter letter) {
        SourceKey key = letter.key();
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, key == null ? null : key.toBytes(), letter.body());
        for (Header header : letter.headers()) {
            message.headers().add(header.name(), header.value());
        }
        deliver(message);
    }

    /** @throws ConnectorException if the broker has not got it */
    void deliver(ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new ConnectorException(
                    "Topic " + message.topic() + " takes no message (" + cause.getMessage()
                            + "); check broker, topic and permissions.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException("Interrupted while a message was sent to topic " + message.topic() + ".", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
