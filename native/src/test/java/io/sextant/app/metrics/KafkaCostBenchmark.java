package io.sextant.app.metrics;

import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sextant.app.serving.TestServing;
import io.sextant.app.trace.TestTraces;
import io.sextant.routes.KafkaBroker;
import io.sextant.routes.PipelineRouteBuilder;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import io.smallrye.config.PropertiesConfigSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What meters, traces and leases cost: messages a second through a pipeline from topic to topic with a model that answers at once, with
 * them as the application has them, all traces gathered, against the same pipeline without. By turns; run by hand, see
 * docs/benchmarks.md; measures, and checks nothing.
 */
class KafkaCostBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 4000);
    private static final int ROUNDS = Integer.getInteger("rounds", 14);

    /** Rounds that are shown and not counted. */
    private static final int WARM_UP = Integer.getInteger("warm-up", 3);

    private static final int PARTITIONS = 4;

    /** Of noise, which PNG does not make smaller: some 100 KB. */
    private static final int SIDE = 185;

    /** The first ones are not counted: groups form and code warms up. */
    private static final double UNCOUNTED = 0.2;

    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @TempDir
    Path folder;

    @Test
    void comparesAWatchedPipelineWithOneThatNobodyWatches() throws Exception {
        try (KafkaBroker broker = KafkaBroker.prepare(folder).start()) {
            broker.createTopic("photos", PARTITIONS);
            for (int i = 0; i < MESSAGES; i++) {
                broker.send("photos", "key-" + i, image(i));
            }
            List<Double> rates = new ArrayList<>();
            List<Double> work = new ArrayList<>();
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                boolean isWatchedFirst = round % 2 == 0;
                Rate first = run(broker, round, isWatchedFirst);
                Rate second = run(broker, round, !isWatchedFirst);
                Rate watched = isWatchedFirst ? first : second;
                Rate alone = isWatchedFirst ? second : first;
                if (round >= WARM_UP) {
                    rates.add(watched.perSecond() / alone.perSecond());
                    work.add(watched.cpuMillis() / alone.cpuMillis());
                }
                System.out.printf(Locale.ROOT, "round %d: watched %s, alone %s%n", round, watched, alone);
            }
            System.out.println("throughput, watched to alone: " + summary(rates));
            System.out.println("processor time, watched to alone: " + summary(work));
        }
    }

    private static Rate run(KafkaBroker broker, int round, boolean isWatched) throws Exception {
        String results = (isWatched ? "watched-" : "alone-") + round;
        broker.createTopic(results, PARTITIONS);
        SextantSettings settings = SettingsReader.withSources(List.of(new PropertiesConfigSource(
                Map.of(
                        "sextant.kafka.bootstrap.servers",
                        broker.address(),
                        "sextant.pipelines.photos.from",
                        "kafka:photos?groupId=" + results,
                        "sextant.pipelines.photos.to",
                        "kafka:" + results,
                        "sextant.pipelines.photos.steps[0].task",
                        "caption"),
                "benchmark",
                100)));
        FakeVisionLanguageModel model =
                FakeVisionLanguageModel.answering("an image of something, told in a sentence of usual length");
        try (OpenTelemetrySdk telemetry = telemetry();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeout(5);
            TaskRunner tasks = isWatched
                    ? TestServing.of(settings, model, telemetry)
                    : new ModelTaskRunner(model, settings.taskRegistry());
            PipelineObserver observer = isWatched
                    ? PipelineObserver.all(
                            List.of(new PipelineMeters(new SimpleMeterRegistry()), TestTraces.of(telemetry)))
                    : PipelineObserver.NONE;
            context.addRoutes(new PipelineRouteBuilder(settings, tasks, observer));
            context.start();
            return rate(broker, results);
        }
    }

    /** Gathers every span, in batches as the application does, and sends none. */
    private static OpenTelemetrySdk telemetry() {
        SpanExporter nowhere = new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode flush() {
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        };
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(BatchSpanProcessor.builder(nowhere).build())
                        .build())
                .build();
    }

    /** Messages a second, from when the first ones are there until all are. */
    private static Rate rate(KafkaBroker broker, String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition(topic, i));
        }
        try (KafkaConsumer<byte[], byte[]> observer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            long[] start = new long[3];
            await().atMost(Duration.ofMinutes(10))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        long there = observer.endOffsets(partitions).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
                        if (start[0] == 0 && there >= MESSAGES * UNCOUNTED) {
                            start[0] = System.nanoTime();
                            start[1] = there;
                            start[2] = CPU.getProcessCpuTime();
                        }
                        return there >= MESSAGES;
                    });
            double messages = MESSAGES - start[1];
            return new Rate(
                    messages * 1e9 / (System.nanoTime() - start[0]),
                    (CPU.getProcessCpuTime() - start[2]) / 1e6 / messages);
        }
    }

    private static String summary(List<Double> ratios) {
        ratios.sort(null);
        return String.format(
                Locale.ROOT,
                "median %.3f, from %.3f to %.3f",
                ratios.get(ratios.size() / 2),
                ratios.get(0),
                ratios.get(ratios.size() - 1));
    }

    private static byte[] image(int number) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Random noise = new Random(number);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.setRGB(i % SIDE, i / SIDE, noise.nextInt());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /**
     * How fast messages went through.
     *
     * @param perSecond messages a second
     * @param cpuMillis processor time of this process for each
     */
    private record Rate(double perSecond, double cpuMillis) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f/s (%.2f ms of processor time each)", perSecond, cpuMillis);
        }
    }
}
