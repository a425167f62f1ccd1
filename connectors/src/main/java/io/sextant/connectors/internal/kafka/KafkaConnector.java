package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.Connector;
import io.sextant.connectors.ConnectorKeys;
import io.sextant.connectors.ImageSource;
import io.sextant.connectors.OriginalPolicy;
import io.sextant.connectors.SinkSettings;
import io.sextant.connectors.SourceSettings;
import io.sextant.connectors.UriOptions;
import io.sextant.connectors.archive.ClaimSink;
import io.sextant.connectors.internal.Rings;
import io.sextant.connectors.internal.SourceState;
import io.sextant.connectors.letter.DeadLetterArchive;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.letter.MessageReturn;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.error.ConfigurationException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code kafka:} scheme. */
public final class KafkaConnector implements Connector {
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaConnector.class);

    private final Clock clock;
    private final Map<String, String> shared;
    private final Rings<Topic> rings = new Rings<>(Topic::isSame);

    /** With the system's clock, and no settings but those of URIs. */
    public KafkaConnector() {
        this(Clock.systemUTC(), Map.of());
    }

    /**
     * @param clock tells when a message may be tried again
     * @param shared Kafka's own settings for all its clients, by their own names; each client takes those it knows
     */
    public KafkaConnector(Clock clock, Map<String, String> shared) {
        this.clock = clock;
        this.shared = Map.copyOf(shared);
    }

    @Override
    public String scheme() {
        return "kafka";
    }

    @Override
    public ImageSource source(SourceSettings settings, CamelContext context) {
        requireKnownSettings();
        if (settings.original() != OriginalPolicy.STAY) {
            throw new ConfigurationException(
                    "original=" + settings.original().name().toLowerCase(java.util.Locale.ROOT)
                            + " means nothing for from=" + UriOptions.without(settings.uri())
                            + ": messages stay in their topic; leave original out.");
        }
        settings.refuseCron();
        KafkaSourceUri uri = KafkaSourceUri.parse(settings.pipeline(), settings.uri(), shared);
        for (String topic : uri.topics()) {
            rings.takes(settings.pipeline(), "from=kafka:" + topic, new Topic(uri.brokers(), topic));
        }
        SourceState state = new SourceState("not connected yet");
        return new KafkaSource(
                settings,
                uri,
                new KafkaSourceEndpoint(uri, settings.pipeline(), state, clock, context),
                deadLetters(settings, uri, context),
                state);
    }

    @Override
    public ResultSink sink(SinkSettings settings, CamelContext context) {
        requireKnownSettings();
        return new KafkaSink(producing(settings.pipeline(), "to", settings.uri(), Map.of(), context));
    }

    /** Settings of Kafka's own clients, by their own names. */
    @Override
    public ConnectorKeys keys() {
        return new ConnectorKeys(Set.of(), true);
    }

    @Override
    public Connector withSettings(Map<String, String> settings) {
        return new KafkaConnector(clock, settings);
    }

    @Override
    public boolean bringsMessages() {
        return true;
    }

    @Override
    public boolean sendsDeadLettersElsewhere() {
        return true;
    }

    @Override
    public DeadLetterSink deadLetter(String pipeline, String uri, CamelContext context) {
        requireKnownSettings();
        return new KafkaDeadLetter(producing(pipeline, "dead-letter", uri, Map.of(), context));
    }

    @Override
    public DeadLetterArchive archive(
            String pipeline, @Nullable String from, @Nullable String place, CamelContext context) {
        requireKnownSettings();
        if (place == null && from == null) {
            throw new ConfigurationException("Say where the dead letters of \"" + pipeline + "\" lie: kafka:topic.");
        }
        String topic = place == null
                ? usualDeadLetters(KafkaSourceUri.parse(pipeline, String.valueOf(from), shared))
                : KafkaSourceUri.topic(place);
        Map<String, String> connection = connection(from);
        if (place != null) {
            connection.putAll(KafkaSourceUri.connection(place));
        }
        Map<String, Object> reading = known(connection, ConsumerConfig.configNames());
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reading.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaArchive(topic, reading, returning("kafka:" + topic, connection), clock);
    }

    @Override
    public MessageReturn messageReturn(@Nullable String from) {
        requireKnownSettings();
        return returning(from == null ? "kafka:" : UriOptions.without(from), connection(from));
    }

    @Override
    public ClaimSink claims(String uri) {
        requireKnownSettings();
        String topic = KafkaSourceUri.topic(uri);
        return new KafkaClaims(topic, sending("kafka:" + topic, connection(uri)));
    }

    private static KafkaReturn returning(String place, Map<String, String> connection) {
        return new KafkaReturn(sending(place, connection));
    }

    private static Map<String, Object> sending(String place, Map<String, String> connection) {
        if (!connection.containsKey(KafkaSourceUri.BROKERS)) {
            throw new ConfigurationException(
                    place + " names no broker; add ?brokers=host:9092, or set sextant.kafka.bootstrap.servers.");
        }
        Map<String, Object> sending = known(connection, ProducerConfig.configNames());
        // What was delivered once fits again: brokers have the last word.
        sending.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "67108864");
        sending.put(ProducerConfig.ACKS_CONFIG, "all");
        return sending;
    }

    private Map<String, String> connection(@Nullable String from) {
        Map<String, String> connection = new TreeMap<>(shared);
        if (from != null) {
            connection.putAll(KafkaSourceUri.connection(from));
        }
        return connection;
    }

    private static Map<String, Object> known(Map<String, String> settings, Set<String> names) {
        Map<String, Object> known = new TreeMap<>(settings);
        known.keySet().retainAll(names);
        return known;
    }

    private static String usualDeadLetters(KafkaSourceUri uri) {
        return uri.topics().get(0) + ".dead-letter";
    }

    /** By default a topic beside the first one, on the same brokers and with the same security. */
    private DeadLetterSink deadLetters(SourceSettings settings, KafkaSourceUri uri, CamelContext context) {
        DeadLetterSink other = settings.deadLetterSink();
        if (other != null) {
            return other;
        }
        String configured = settings.deadLetter();
        if (configured != null && !configured.startsWith("kafka:")) {
            throw new ConfigurationException(
                    "dead-letter=" + configured + " must be a URI for a Kafka source: kafka:topic, or file:folder.");
        }
        String place = configured == null ? "kafka:" + usualDeadLetters(uri) : configured;
        return new KafkaDeadLetter(producing(settings.pipeline(), "dead-letter", place, uri.kafka(), context));
    }

    /** @param source settings of the pipeline's source, of which those about the connection count */
    private KafkaProducing producing(
            String pipeline, String key, String uri, Map<String, Object> source, CamelContext context) {
        KafkaProducing producing = KafkaProducing.of(key, uri, shared, source, context);
        rings.puts(pipeline, key + "=" + UriOptions.without(uri), producing.topic());
        return producing;
    }

    private void requireKnownSettings() {
        Set<String> unknown = new TreeSet<>(shared.keySet());
        unknown.removeAll(ConsumerConfig.configNames());
        unknown.removeAll(ProducerConfig.configNames());
        Set<String> variables = ofVariables(unknown, System.getenv());
        unknown.removeAll(variables);
        variables.forEach(setting -> LOGGER.atWarn()
                .addKeyValue("variable", variable(setting))
                .log("an environment variable stands for no setting of Kafka's clients and is not used"));
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("sextant.kafka." + String.join(", sextant.kafka.", unknown)
                    + " is no setting of Kafka's clients; write one as Kafka's documentation does, for instance"
                    + " sextant.kafka.security.protocol.");
        }
    }

    /** Those that the environment sets, where a name may be anybody's: no reason not to start. */
    static Set<String> ofVariables(Set<String> settings, Map<String, String> environment) {
        Set<String> found = new TreeSet<>(settings);
        found.removeIf(setting -> !environment.containsKey(variable(setting)));
        return found;
    }

    private static String variable(String setting) {
        return "SEXTANT_KAFKA_" + setting.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
