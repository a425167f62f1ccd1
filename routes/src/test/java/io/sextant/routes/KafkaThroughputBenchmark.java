package io.sextant.routes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a pipeline costs beside the model: messages a second from topic to topic with a model that answers at once, against a
 * bare Camel route that copies as many. Run by hand, see docs/benchmarks.md; measures, and checks nothing.
 */
class KafkaThroughputBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 2000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    /** Rounds that are shown and not counted: a pipeline has more code to warm up than a bare route. */
    private static final int WARM_UP = Integer.getInteger("warm-up", 3);

    private static final int BYTES = 100_000;
    private static final int PARTITIONS = 4;

    /** Signature and first chunk. */
    private static final int PNG_HEADER = 33;

    @TempDir
    Path folder;

    @Test
    void comparesAPipelineWithABareRoute() throws Exception {
        try (KafkaBroker broker = KafkaBroker.prepare(folder).start()) {
            broker.createTopic("photos", PARTITIONS);
            for (int i = 0; i < MESSAGES; i++) {
                broker.send("photos", "key-" + i, image(i));
            }
            List<Double> ratios = new ArrayList<>();
            List<Double> work = new ArrayList<>();
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                // Which goes first alternates, so that neither always finds the warmer caches.
                KafkaRate first = round % 2 == 0 ? bare(broker, round) : pipeline(broker, round);
                KafkaRate second = round % 2 == 0 ? pipeline(broker, round) : bare(broker, round);
                KafkaRate bare = round % 2 == 0 ? first : second;
                KafkaRate pipeline = round % 2 == 0 ? second : first;
                if (round >= WARM_UP) {
                    ratios.add(pipeline.perSecond() / bare.perSecond());
                    work.add(pipeline.cpuMillis() / bare.cpuMillis());
                }
                System.out.printf(Locale.ROOT, "round %d: pipeline %s, bare route %s%n", round, pipeline, bare);
            }
            System.out.println("throughput, pipeline to bare route: " + KafkaRate.summary(ratios));
            System.out.println("processor time, pipeline to bare route: " + KafkaRate.summary(work));
        }
    }

    private static KafkaRate pipeline(KafkaBroker broker, int round) {
        String results = "pipeline-" + round;
        broker.createTopic(results, PARTITIONS);
        Map<String, String> properties = new HashMap<>();
        properties.put("sextant.kafka.bootstrap.servers", broker.address());
        properties.put("sextant.pipelines.photos.from", "kafka:photos?groupId=" + results);
        properties.put("sextant.pipelines.photos.to", "kafka:" + results);
        properties.put("sextant.pipelines.photos.steps[0].task", "caption");
        ScriptedModel model = new ScriptedModel(request -> "an image of something, told in a sentence of usual length");
        try (PipelineHarness pipelines = PipelineHarness.start(model, properties)) {
            KafkaRate rate = KafkaRate.of(broker, results, PARTITIONS, MESSAGES);
            if (!pipelines.context().isStarted()) {
                throw new IllegalStateException("stopped");
            }
            return rate;
        }
    }

    /** As many threads, the same rule: Kafka's client commits what it had given out when it is asked for more, so what is published. */
    private static KafkaRate bare(KafkaBroker broker, int round) throws Exception {
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
            return KafkaRate.of(broker, results, PARTITIONS, MESSAGES);
        }
    }

    /** Few pixels, so that decoding them costs next to nothing, and many bytes in a chunk nobody reads. */
    private static byte[] image(int number) throws IOException {
        byte[] small = TestImages.png(number);
        byte[] chunk = new byte[BYTES];
        new Random(number).nextBytes(chunk);
        System.arraycopy("prVt".getBytes(US_ASCII), 0, chunk, 0, 4);
        CRC32 check = new CRC32();
        check.update(chunk);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(small, 0, PNG_HEADER);
        out.writeInt(chunk.length - 4);
        out.write(chunk);
        out.writeInt((int) check.getValue());
        out.write(small, PNG_HEADER, small.length - PNG_HEADER);
        return bytes.toByteArray();
    }
}
