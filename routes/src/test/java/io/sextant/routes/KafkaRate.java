package io.sextant.routes;

import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How fast messages came to a topic, for benchmarks.
 *
 * @param perSecond messages a second
 * @param cpuMillis processor time of this process for each
 */
public record KafkaRate(double perSecond, double cpuMillis) {
    /** The first ones are not counted: groups form and code warms up. */
    private static final double UNCOUNTED = 0.2;

    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Waits until all messages are in the topic, and tells the rate from when the first ones were there. */
    public static KafkaRate of(KafkaBroker broker, String topic, int partitions, int messages) {
        List<TopicPartition> places = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> observer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            long[] start = new long[3];
            await().atMost(Duration.ofMinutes(10))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        long there = observer.endOffsets(places).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
                        if (start[0] == 0 && there >= messages * UNCOUNTED) {
                            start[0] = System.nanoTime();
                            start[1] = there;
                            start[2] = CPU.getProcessCpuTime();
                        }
                        return there >= messages;
                    });
            double counted = messages - start[1];
            return new KafkaRate(
                    counted * 1e9 / (System.nanoTime() - start[0]),
                    (CPU.getProcessCpuTime() - start[2]) / 1e6 / counted);
        }
    }

    /** Median, quartiles and ends of some ratios. */
    public static String summary(List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        int last = sorted.size() - 1;
        return String.format(
                Locale.ROOT,
                "median %.3f, half of them between %.3f and %.3f, all between %.3f and %.3f",
                (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2,
                sorted.get(last / 4),
                sorted.get(last - last / 4),
                sorted.get(0),
                sorted.get(last));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f/s (%.2f ms of processor time each)", perSecond, cpuMillis);
    }
}
