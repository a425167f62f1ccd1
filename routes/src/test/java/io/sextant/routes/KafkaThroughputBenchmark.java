package io.sextant.routes;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a pipeline costs beside the model: messages a second from topic to topic with a model that answers at once, against a
 * bare Camel route that copies as many. Run by hand, see docs/benchmarks.md; measures, and checks nothing.
 */
class KafkaThroughputBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 2000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int BYTES = 100_000;
    private static final int PARTITIONS = 4;

    /** The first ones are not counted: groups form and code warms up. */
    private static final double UNCOUNTED = 0.2;

    @TempDir
    Path folder;

    @Test
    void comparesAPipelineWithABareRoute() throws Exception {
        try (KafkaBroker broker = KafkaBroker.prepare(folder).start()) {
            broker.createTopic("photos", PARTITIONS);
            for (int i = 0; i < MESSAGES; i++) {
                broker.send("photos", "key-" + i, picture(i));
            }
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                // Which goes first alternates, so that neither always finds the warmer caches.
                double bare = round % 2 == 0 ? bare(broker, round) : 0;
                double pipeline = pipeline(broker, round);
                bare = round % 2 == 0 ? bare : bare(broker, round);
                ratios.add(pipeline / bare);
                System.out.printf(
                        Locale.ROOT,
                        "round %d: pipeline %.0f/s, bare route %.0f/s, ratio %.3f%n",
                        round,
                        pipeline,
                        bare,
                        pipeline / bare);
            }
            ratios.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "median ratio %.3f, from %.3f to %.3f%n",
                    ratios.get(ratios.size() / 2),
                    ratios.get(0),
                    ratios.get(ratios.size() - 1));
        }
    }

    private static double pipeline(KafkaBroker broker, int round) {
        String results = "pipeline-" + round;
        broker.createTopic(results, PARTITIONS);
        Map<String, String> properties = new HashMap<>();
        properties.put("sextant.kafka.bootstrap.servers", broker.address());
        properties.put("sextant.pipelines.photos.from", "kafka:photos?groupId=" + results);
        properties.put("sextant.pipelines.photos.to", "kafka:" + results);
        properties.put("sextant.pipelines.photos.steps[0].task", "caption");
        ScriptedModel model =
                new ScriptedModel(request -> "a picture of something, told in a sentence of usual length");
        try (PipelineHarness pipelines = PipelineHarness.start(model, properties)) {
            double rate = rate(broker, results);
            if (!pipelines.context().isStarted()) {
                throw new IllegalStateException("stopped");
            }
            return rate;
        }
    }

    /** As many threads, the same rule: Kafka's client commits what it had given out when it is asked for more, so what is published. */
    private static double bare(KafkaBroker broker, int round) throws Exception {
        String results = "bare-" + round;
        broker.createTopic(results, PARTITIONS);
        byte[] json = new byte[800];
        Arrays.fill(json, (byte) 'x');
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeout(5);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    String bytes = "org.apache.kafka.common.serialization.ByteArray";
                    from("kafka:photos?brokers=" + broker.address() + "&groupId=" + results
                                    + "&autoOffsetReset=earliest&consumersCount=4&autoCommitIntervalMs=500"
                                    + "&keyDeserializer=" + bytes + "Deserializer&valueDeserializer=" + bytes
                                    + "Deserializer")
                            .process(exchange -> {
                                Object key = exchange.getMessage().getHeader(KafkaConstants.KEY);
                                exchange.getMessage().removeHeaders("*");
                                exchange.getMessage().setHeader(KafkaConstants.KEY, key);
                                exchange.getMessage().setBody(json);
                            })
                            .to("kafka:" + results + "?brokers=" + broker.address() + "&keySerializer=" + bytes
                                    + "Serializer&valueSerializer=" + bytes + "Serializer");
                }
            });
            context.start();
            return rate(broker, results);
        }
    }

    /** Messages a second, from when the first ones are there until all are. */
    private static double rate(KafkaBroker broker, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition(topic, i));
        }
        try (KafkaConsumer<byte[], byte[]> observer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            long[] start = new long[2];
            await().atMost(Duration.ofMinutes(10))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        long there = observer.endOffsets(partitions).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
                        if (start[0] == 0 && there >= MESSAGES * UNCOUNTED) {
                            start[0] = System.nanoTime();
                            start[1] = there;
                        }
                        return there >= MESSAGES;
                    });
            return (MESSAGES - start[1]) * 1e9 / (System.nanoTime() - start[0]);
        }
    }

    /** Few pixels, so that decoding them costs next to nothing, and many bytes: the rest is comments, as cameras write. */
    private static byte[] picture(int number) throws IOException {
        byte[] small = TestImages.jpeg(number);
        byte[] comment = new byte[BYTES / 2];
        new Random(number).nextBytes(comment);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(small, 0, 2);
        for (int i = 0; i < 2; i++) {
            out.write(0xff);
            out.write(0xfe);
            out.write((comment.length + 2) >> 8);
            out.write((comment.length + 2) & 0xff);
            out.write(comment);
        }
        out.write(small, 2, small.length - 2);
        return out.toByteArray();
    }
}
