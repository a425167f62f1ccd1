package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.letter.DeadLetter.Header;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.InvalidRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes messages through Camel's kafka component, and returns when the broker has them. Thread-safe. */
final class KafkaProducing {
    private final String place;
    private final KafkaEndpoint endpoint;
    private final CamelContext context;
    private volatile @Nullable ProducerTemplate template;

    private KafkaProducing(String place, KafkaEndpoint endpoint, CamelContext context) {
        this.place = place;
        this.endpoint = endpoint;
        this.context = context;
    }

    /**
     * @param key of the pipeline, for messages
     * @param shared settings for all clients
     * @param source settings of the pipeline's source, of which those about the connection count, before the shared ones
     * @throws ConfigurationException if Camel refuses the URI, or it names no broker
     */
    static KafkaProducing of(
            String key, String uri, Map<String, String> shared, Map<String, Object> source, CamelContext context) {
        String place = key + "=" + UriOptions.without(uri);
        KafkaEndpoint endpoint = endpoint(place, uri, context);
        Map<String, Object> settings = new HashMap<>();
        shared.forEach((setting, value) -> {
            if (ProducerConfig.configNames().contains(setting)) {
                settings.put(setting, value);
            }
        });
        // Dead letters go where their messages came from, also if that differs from what holds for all.
        source.forEach((setting, value) -> {
            if (KafkaSourceUri.isConnection(setting)) {
                settings.put(setting, value);
            }
        });
        // Camel lets additional properties win over its own options; an option of the URI must win over ours.
        settings.putAll(endpoint.getConfiguration().getAdditionalProperties());
        Object brokers = settings.remove(KafkaSourceUri.BROKERS);
        if (endpoint.getConfiguration().getBrokers() == null && brokers != null) {
            endpoint.getConfiguration().setBrokers(brokers.toString());
        }
        if (endpoint.getConfiguration().getBrokers() == null) {
            throw new ConfigurationException(
                    place + " names no broker; add ?brokers=host:9092, or set sextant.kafka.bootstrap.servers.");
        }
        endpoint.getConfiguration().setAdditionalProperties(settings);
        // Camel's default turns bytes into text, and back into others.
        endpoint.getConfiguration().setKeySerializer(ByteArraySerializer.class.getName());
        endpoint.getConfiguration().setValueSerializer(ByteArraySerializer.class.getName());
        // Whoever sends waits for the broker: otherwise two more threads take part in every message, only to wake the
        // one that waits.
        endpoint.getConfiguration().setSynchronous(true);
        return new KafkaProducing(place, endpoint, context);
    }

    Topic topic() {
        KafkaConfiguration configuration = endpoint.getConfiguration();
        return new Topic(configuration.getBrokers(), configuration.getTopic());
    }

    void open() {
        template = context.createProducerTemplate();
    }

    /** Sends what is under way and lets go of the connection. */
    void close() {
        ProducerTemplate open = template;
        template = null;
        if (open != null) {
            open.stop();
        }
    }

    /**
     * Publishes a message.
     *
     * @param body null for a message without one
     * @throws InvalidRequestException if it is larger than a broker or client takes
     * @throws ConnectorException if the broker cannot be reached or refuses; a later attempt may succeed
     */
    void send(byte @Nullable [] key, byte @Nullable [] body, List<Header> headers) {
        ProducerTemplate open = template;
        if (open == null) {
            throw new IllegalStateException(place + " is not open");
        }
        Exchange sent = open.send((Endpoint) endpoint, exchange -> {
            exchange.getMessage().setBody(body);
            if (key != null) {
                exchange.getMessage().setHeader(KafkaConstants.KEY, key);
            }
            for (Header header : headers) {
                if (header.value() != null && !isSteering(header.name())) {
                    exchange.getMessage().setHeader(header.name(), header.value());
                }
            }
        });
        Exception failure = sent.getException();
        if (failure == null) {
            return;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                throw new InvalidRequestException(
                        place + " takes no message of " + (body == null ? 0 : body.length) + " bytes ("
                                + cause.getMessage()
                                + "); raise max.request.size there and max.message.bytes of the topic.",
                        failure);
            }
        }
        throw new ConnectorException(
                place + " cannot be reached or refuses (" + failure.getMessage() + "); check broker, topic and"
                        + " permissions.",
                failure);
    }

    /** Headers that tell Camel where to send: whoever may send messages must not choose with them where dead letters go. */
    static boolean isSteering(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("kafka.") || name.startsWith("camel") || name.startsWith("org.apache.camel");
    }

    private static KafkaEndpoint endpoint(String place, String uri, CamelContext context) {
        try {
            return context.getEndpoint(uri, KafkaEndpoint.class);
        } catch (ResolveEndpointFailedException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException(
                    place + " is refused by Camel's kafka component: " + cause.getMessage(), e);
        }
    }
}
