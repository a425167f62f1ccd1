package io.sextant.connectors.internal.kafka;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.archive.ClaimSink;
import io.sextant.connectors.archive.StoredImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Claim checks to a topic, as requests in JSON: an image's name may hold anything. The reference is also the key, so that all about one
 * image goes to one partition. Used by one thread; the client's own thread tells of failures.
 */
final class KafkaClaims implements ClaimSink {
    private final JsonMapper mapper = new JsonMapper();
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private volatile @Nullable Exception failure;

    /** @param settings of the producer, with brokers */
    KafkaClaims(String topic, Map<String, Object> settings) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(StoredImage image) {
        ObjectNode request = mapper.createObjectNode();
        request.putObject("image").put("reference", image.reference());
        try {
            producer.send(
                    new ProducerRecord<>(topic, bytes(image.reference()), bytes(request.toString())),
                    (where, problem) -> failure = problem == null ? failure : problem);
        } catch (KafkaException e) {
            failure = e;
        }
        requireWell();
    }

    @Override
    public void flush() {
        producer.flush();
        requireWell();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }

    private void requireWell() {
        Exception problem = failure;
        if (problem != null) {
            throw new ConnectorException(
                    "Topic " + topic + " takes no message (" + problem.getMessage()
                            + "); check broker, topic and permissions.",
                    problem);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
