package io.sextant.connectors.internal.s3;

import io.sextant.connectors.UriOptions;
import io.sextant.connectors.internal.SourceThreads;
import io.sextant.core.error.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/** A source's URI: {@code s3:bucket?prefix=photos/&delay=5000}. Options are those of Camel's aws2-s3 component. */
final class S3SourceUri {
    private static final Set<String> POLLING = Set.of(
            "prefix",
            "delimiter",
            "delay",
            "initialDelay",
            "timeUnit",
            "useFixedDelay",
            "greedy",
            "backoffMultiplier",
            "backoffIdleThreshold",
            "backoffErrorThreshold",
            "runLoggingLevel",
            SourceThreads.OPTION);
    private static final Map<String, String> REPLACED = replaced();

    private final S3Uri uri;
    private final S3Place place;
    private final int workers;

    private S3SourceUri(S3Uri uri, S3Place place, int workers) {
        this.uri = uri;
        this.place = place;
        this.workers = workers;
    }

    /**
     * Reads a URI.
     *
     * @throws ConfigurationException naming the option that is wrong
     */
    static S3SourceUri parse(String text, S3Settings settings, CamelContext context) {
        String name = "from=" + UriOptions.without(text);
        Map<String, String> options = UriOptions.read("from", text);
        for (String option : options.keySet()) {
            String instead = REPLACED.get(option);
            if (instead != null) {
                throw new ConfigurationException(name + ": leave the option " + option + " out; " + instead + ".");
            }
            if (!POLLING.contains(option) && !S3Clients.CONNECTION.contains(option)) {
                throw new ConfigurationException(name + " takes no option " + option + "; there are "
                        + new TreeSet<>(Stream.concat(POLLING.stream(), S3Clients.CONNECTION.stream())
                                .toList())
                        + ", as in Camel's aws2-s3 component.");
            }
        }
        S3Place written = S3Place.parse("from", text);
        String prefix = options.getOrDefault("prefix", "");
        if (!prefix.isEmpty() && !written.prefix().isEmpty()) {
            throw new ConfigurationException(name + " names a prefix twice, in its path and as the option prefix="
                    + prefix + "; once is enough.");
        }
        S3Place place = prefix.isEmpty() ? written : new S3Place(written.bucket(), prefix);
        Map<String, String> complete = new TreeMap<>(options);
        String workers = complete.remove(SourceThreads.OPTION);
        // Asking costs money at Amazon's, and a look at everything is one request for every thousand objects.
        complete.putIfAbsent("delay", "5000");
        return new S3SourceUri(
                S3Uri.of("from", written, text, complete, settings, context),
                place,
                workers == null ? SourceThreads.USUAL : SourceThreads.parse(name, workers));
    }

    S3Uri uri() {
        return uri;
    }

    S3Place place() {
        return place;
    }

    /** Objects that are worked on at once. */
    int workers() {
        return workers;
    }

    @Nullable
    String delimiter() {
        return uri.endpoint().getConfiguration().getDelimiter();
    }

    /** Hands over when to poll. */
    void schedule(ScheduledPollConsumer consumer) {
        AWS2S3Endpoint endpoint = uri.endpoint();
        consumer.setDelay(endpoint.getDelay());
        consumer.setInitialDelay(endpoint.getInitialDelay());
        consumer.setTimeUnit(endpoint.getTimeUnit());
        consumer.setUseFixedDelay(endpoint.isUseFixedDelay());
        consumer.setGreedy(endpoint.isGreedy());
        consumer.setBackoffMultiplier(endpoint.getBackoffMultiplier());
        consumer.setBackoffIdleThreshold(endpoint.getBackoffIdleThreshold());
        consumer.setBackoffErrorThreshold(endpoint.getBackoffErrorThreshold());
        consumer.setRunLoggingLevel(endpoint.getRunLoggingLevel());
    }

    private static Map<String, String> replaced() {
        Map<String, String> replaced = new HashMap<>();
        for (String option : new String[] {
            "deleteAfterRead",
            "moveAfterRead",
            "destinationBucket",
            "destinationBucketPrefix",
            "destinationBucketSuffix",
            "removePrefixOnMove"
        }) {
            replaced.put(
                    option,
                    "the keys \"original\" and \"move-to\" say what becomes of an image once its results are published");
        }
        replaced.put("autoCreateBucket", "a bucket that is read must be there");
        replaced.put("inProgressRepository", "an object that is being worked on is not taken again");
        replaced.put("maxMessagesPerPoll", "every poll looks at everything, and takes what is due");
        return Map.copyOf(replaced);
    }
}
