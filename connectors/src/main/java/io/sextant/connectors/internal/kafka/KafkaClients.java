package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.UriOptions;
import io.sextant.core.error.ConfigurationException;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes Kafka's clients. */
final class KafkaClients {
    private KafkaClients() {}

    /** A client that is not subscribed yet. */
    static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Makes a client and closes it, so that settings Kafka refuses are told at start: malformed credentials, wrong types.
     * Nothing is sent; brokers that are away, or whose names are not known now, are no reason to refuse.
     *
     * @throws ConfigurationException saying what Kafka says
     */
    static void check(String uri, Map<String, Object> settings) {
        try {
            consumer(settings).close(CloseOptions.timeout(java.time.Duration.ZERO));
        } catch (KafkaException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String message = String.valueOf(root.getMessage());
            if (!message.contains("No resolvable bootstrap urls")) {
                throw new ConfigurationException(
                        "from=" + UriOptions.without(uri) + " is refused by Kafka's client: " + message, e);
            }
        }
    }
}
