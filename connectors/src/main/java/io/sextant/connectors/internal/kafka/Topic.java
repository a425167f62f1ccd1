package io.sextant.connectors.internal.kafka;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A topic of some brokers.
 *
 * @param brokers as configured, {@code host:port} with commas between them
 * @param name the topic's name
 */
record Topic(String brokers, String name) {

    /** Whether both are one as far as names tell: of two lists of brokers that share one, all are of one cluster. */
    boolean isSame(Topic other) {
        Set<String> shared = hosts();
        shared.retainAll(other.hosts());
        return name.equals(other.name) && !shared.isEmpty();
    }

    private Set<String> hosts() {
        return Arrays.stream(brokers.split(",", -1))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
