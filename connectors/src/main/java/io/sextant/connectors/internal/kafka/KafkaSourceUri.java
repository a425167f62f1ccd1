package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.UriOptions;
import io.sextant.connectors.internal.SourceThreads;
import io.sextant.core.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/**
 * A source's URI: {@code kafka:topic?brokers=host:9092&workers=4}. Options are ours, or Kafka's consumer settings, in Kafka's
 * own spelling ({@code group.id}) or in Camel's ({@code groupId}).
 */
final class KafkaSourceUri {
    static final String BROKERS = "bootstrap.servers";

    private static final Duration LONGEST_HANDOVER = Duration.ofMinutes(1);

    private static final Set<String> CONNECTION = Set.of(BROKERS, "security.protocol", "client.dns.lookup");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern UPPER_CASE = Pattern.compile("([A-Z])");
    private static final Set<String> OWN = Set.of(
            "workers",
            "ordered",
            "maxQueued",
            "maxQueuedPerPartition",
            "maxQueuedBytes",
            "commitInterval",
            "pollTimeout");
    private static final Map<String, String> REPLACED = Map.of(
            "enable.auto.commit", "offsets are committed once results are published",
            "auto.commit.interval.ms", "offsets are committed once results are published; see commitInterval",
            "key.deserializer", "keys are taken byte for byte",
            "value.deserializer", "values are taken byte for byte");

    private final String uri;
    private final List<String> topics;
    private final Map<String, String> own;
    private final Map<String, String> kafka;

    private KafkaSourceUri(String uri, List<String> topics, Map<String, String> own, Map<String, String> kafka) {
        this.uri = uri;
        this.topics = topics;
        this.own = own;
        this.kafka = kafka;
    }

    /**
     * Reads a URI.
     *
     * @param pipeline names the group where nothing else does
     * @param shared settings for all clients; those that are no consumer's are left out
     * @throws ConfigurationException naming the option that is wrong
     */
    static KafkaSourceUri parse(String pipeline, String uri, Map<String, String> shared) {
        Map<String, String> own = new TreeMap<>();
        Map<String, String> kafka = new TreeMap<>();
        kafka.put("group.id", "sextant-" + pipeline);
        kafka.put("client.id", "sextant-" + pipeline);
        kafka.put("auto.offset.reset", "earliest");
        kafka.put("max.poll.records", "250");
        shared.forEach((setting, value) -> {
            if (ConsumerConfig.configNames().contains(setting)) {
                kafka.put(setting, value);
            }
        });
        UriOptions.read("from", uri).forEach((option, value) -> {
            if (OWN.contains(option)) {
                own.put(option, value);
                return;
            }
            kafka.put(setting(uri, option), value);
        });
        if (!kafka.containsKey(BROKERS)) {
            throw new ConfigurationException("from=" + UriOptions.without(uri)
                    + " names no broker; add ?brokers=host:9092, or set sextant.kafka.bootstrap.servers.");
        }
        if (!"consumer".equalsIgnoreCase(kafka.get("group.protocol"))) {
            // Partitions that stay with an instance are not taken from it for a moment when another one joins.
            kafka.putIfAbsent("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        }
        kafka.put("enable.auto.commit", "false");
        KafkaSourceUri parsed = new KafkaSourceUri(uri, topics(uri), own, kafka);
        parsed.check();
        return parsed;
    }

    /**
     * How any URI of ours or of Camel's says to connect: brokers, encryption and credentials, by Kafka's names. Its other options
     * are left out.
     */
    static Map<String, String> connection(String uri) {
        Map<String, String> connection = new TreeMap<>();
        UriOptions.read("from", uri).forEach((option, value) -> {
            String setting = kafkaName(option);
            if (isConnection(setting)) {
                connection.put(setting, value);
            }
        });
        return connection;
    }

    /** Whether a setting says where brokers are, or how to be let in. */
    static boolean isConnection(String setting) {
        return CONNECTION.contains(setting) || setting.startsWith("sasl.") || setting.startsWith("ssl.");
    }

    /** The topic of a URI that names one. */
    static String topic(String uri) {
        List<String> topics = topics(uri);
        if (topics.size() != 1) {
            throw new ConfigurationException(UriOptions.without(uri) + " must name one topic.");
        }
        return topics.get(0);
    }

    List<String> topics() {
        return topics;
    }

    /** Kafka's consumer settings. */
    Map<String, Object> kafka() {
        return new TreeMap<>(kafka);
    }

    String brokers() {
        return Objects.requireNonNull(kafka.get(BROKERS));
    }

    /** Records that are processed at once, of one partition or several. */
    int workers() {
        return number("workers", SourceThreads.USUAL, 1, SourceThreads.MOST);
    }

    /** Whether a partition's records are published one after the other. */
    boolean isOrdered() {
        String value = own.getOrDefault("ordered", "true");
        if (!value.equals("true") && !value.equals("false")) {
            throw refused("ordered", value, "write true or false");
        }
        return value.equals("true");
    }

    AdmissionQueue.Limits limits() {
        return new AdmissionQueue.Limits(
                number("maxQueuedPerPartition", 250, 1, 1_000_000),
                number("maxQueued", 1000, 1, 1_000_000),
                number("maxQueuedBytes", 64 << 20, 1, Integer.MAX_VALUE));
    }

    /** How long partitions that go wait for what is under way of them: well within what the group waits for a member. */
    Duration handover() {
        String longest = kafka.getOrDefault(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, String.valueOf(5 * LONGEST_HANDOVER.toMillis()));
        Duration half = Duration.ofMillis(Long.parseLong(longest) / 2);
        return half.compareTo(LONGEST_HANDOVER) < 0 ? half : LONGEST_HANDOVER;
    }

    Duration commitInterval() {
        return duration("commitInterval", "500ms");
    }

    Duration pollTimeout() {
        return duration("pollTimeout", "100ms");
    }

    private void check() {
        workers();
        isOrdered();
        limits();
        commitInterval();
        pollTimeout();
    }

    private int number(String option, int usual, int least, int most) {
        String value = own.get(option);
        if (value == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(option, value, "write a whole number in " + least + ".." + most);
        }
        throw refused(option, value, "it must be in " + least + ".." + most);
    }

    private Duration duration(String option, String usual) {
        String value = own.getOrDefault(option, usual);
        try {
            long millis = TimeUtils.toMilliSeconds(value);
            if (millis >= 1 && millis <= 3_600_000) {
                return Duration.ofMillis(millis);
            }
        } catch (RuntimeException e) {
            throw refused(option, value, "write a duration such as 500ms or 2s");
        }
        throw refused(option, value, "it must be in 1ms..1h");
    }

    private ConfigurationException refused(String option, String value, String what) {
        return new ConfigurationException("from=" + UriOptions.without(uri) + ": option " + option + "=" + value
                + " cannot be used; " + what + ".");
    }

    private static String kafkaName(String option) {
        String setting = option.startsWith("additionalProperties.")
                ? option.substring("additionalProperties.".length())
                : option;
        if (setting.equals("brokers")) {
            return BROKERS;
        }
        return ConsumerConfig.configNames().contains(setting)
                ? setting
                : UPPER_CASE.matcher(setting).replaceAll(".$1").toLowerCase(Locale.ROOT);
    }

    private static String setting(String uri, String option) {
        String setting = kafkaName(option);
        String instead = REPLACED.get(setting);
        if (instead != null) {
            throw new ConfigurationException(
                    "from=" + UriOptions.without(uri) + ": leave the option " + option + " out; " + instead + ".");
        }
        if (!ConsumerConfig.configNames().contains(setting)) {
            throw new ConfigurationException("from=" + UriOptions.without(uri) + ": there is no option " + option
                    + "; Sextant's are " + OWN.stream().sorted().toList()
                    + " and brokers, all others must be consumer settings of Kafka, such as group.id.");
        }
        return setting;
    }

    private static List<String> topics(String uri) {
        String text = UriOptions.without(uri).substring("kafka:".length());
        List<String> topics = new ArrayList<>();
        for (String topic : (text.startsWith("//") ? text.substring(2) : text).split(",", -1)) {
            if (!TOPIC.matcher(topic.strip()).matches()) {
                throw new ConfigurationException(UriOptions.without(uri) + ": \"" + topic
                        + "\" is no topic's name; write kafka:topic, or several with commas between them.");
            }
            topics.add(topic.strip());
        }
        return topics;
    }
}
