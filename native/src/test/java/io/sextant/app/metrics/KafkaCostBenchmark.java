package io.sextant.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.http.DoorsProfile;
import io.sextant.app.serving.TestServing;
import io.sextant.app.trace.TestTraces;
import io.sextant.routes.KafkaBroker;
import io.sextant.routes.KafkaRate;
import io.sextant.routes.PipelineRouteBuilder;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import io.smallrye.config.PropertiesConfigSource;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What meters, traces, leases and doors cost: messages a second through a pipeline from topic to topic with a model that answers at once,
 * with them as the application has them, all traces gathered, metrics and health asked for over HTTP once a second or as seldom as {@code visits} says, against the same
 * pipeline without, while nobody asks at the doors. By turns; run by hand, see docs/benchmarks.md; measures, and checks nothing.
 */
@QuarkusTest
@TestProfile(DoorsProfile.class)
class KafkaCostBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 4000);
    private static final int ROUNDS = Integer.getInteger("rounds", 14);

    /** Rounds that are shown and not counted. */
    private static final int WARM_UP = Integer.getInteger("warm-up", 3);

    /** Before the first round: what is asked once a second would be compiled in the middle of the rounds. */
    private static final int VISITS_BEFORE = 2000;

    private static final int SECONDS_BETWEEN_VISITS = Integer.getInteger("visits", 1);

    private static final int PARTITIONS = 4;

    /** Of noise, which PNG does not make smaller: some 100 KB. */
    private static final int SIDE = 185;

    /** The visitor's, who is elsewhere: what it takes to make one counts for nobody. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    @TestHTTPResource("/")
    URI base;

    @Inject
    MeterRegistry meters;

    @Test
    void comparesAWatchedPipelineWithOneThatNobodyWatches() throws Exception {
        try (KafkaBroker broker = KafkaBroker.prepare(folder).start()) {
            broker.createTopic("photos", PARTITIONS);
            for (int i = 0; i < MESSAGES; i++) {
                broker.send("photos", "key-" + i, image(i));
            }
            for (int i = 0; i < VISITS_BEFORE; i++) {
                for (HttpRequest request : visits(base)) {
                    client.send(request, BodyHandlers.ofByteArray());
                }
            }
            List<Double> rates = new ArrayList<>();
            List<Double> work = new ArrayList<>();
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                boolean isWatchedFirst = round % 2 == 0;
                KafkaRate first = run(broker, round, isWatchedFirst);
                KafkaRate second = run(broker, round, !isWatchedFirst);
                KafkaRate watched = isWatchedFirst ? first : second;
                KafkaRate alone = isWatchedFirst ? second : first;
                if (round >= WARM_UP) {
                    rates.add(watched.perSecond() / alone.perSecond());
                    work.add(watched.cpuMillis() / alone.cpuMillis());
                }
                System.out.printf(Locale.ROOT, "round %d: watched %s, alone %s%n", round, watched, alone);
            }
            System.out.println("throughput, watched to alone: " + KafkaRate.summary(rates));
            System.out.println("processor time, watched to alone: " + KafkaRate.summary(work));
        }
    }

    private KafkaRate run(KafkaBroker broker, int round, boolean isWatched) throws Exception {
        String results = (isWatched ? "watched-" : "alone-") + round;
        broker.createTopic(results, PARTITIONS);
        SextantSettings settings = SettingsReader.withSources(List.of(new PropertiesConfigSource(
                Map.of(
                        "sextant.kafka.bootstrap.servers",
                        broker.address(),
                        "sextant.pipelines." + results + ".from",
                        "kafka:photos?groupId=" + results,
                        "sextant.pipelines." + results + ".to",
                        "kafka:" + results,
                        "sextant.pipelines." + results + ".steps[0].task",
                        "caption"),
                "benchmark",
                100)));
        FakeVisionLanguageModel model = forgetful();
        try (OpenTelemetrySdk telemetry = telemetry();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeout(5);
            TaskRunner tasks = isWatched
                    ? TestServing.of(settings, model, telemetry)
                    : new ModelTaskRunner(model, settings.taskRegistry());
            PipelineObserver observer = isWatched
                    ? PipelineObserver.all(List.of(new PipelineMeters(meters), TestTraces.of(telemetry)))
                    : PipelineObserver.NONE;
            context.addRoutes(new PipelineRouteBuilder(settings, tasks, observer));
            context.start();
            if (!isWatched) {
                return KafkaRate.of(broker, results, PARTITIONS, MESSAGES);
            }
            try (Visitor visitor = new Visitor(client, base)) {
                KafkaRate rate = KafkaRate.of(broker, results, PARTITIONS, MESSAGES);
                visitor.requireAnswers();
                return rate;
            }
        } finally {
            forget(results);
        }
    }

    /** The application's pipelines last as long as their meters; those of a round would keep all it answered. */
    private void forget(String pipeline) {
        meters.getMeters().stream()
                .filter(meter -> pipeline.equals(meter.getId().getTag("pipeline")))
                .forEach(meters::remove);
    }

    /** Answers at once, and keeps no image. */
    private static FakeVisionLanguageModel forgetful() {
        FakeVisionLanguageModel[] itself = new FakeVisionLanguageModel[1];
        itself[0] = new FakeVisionLanguageModel(request -> {
            itself[0].forget();
            return "an image of something, told in a sentence of usual length";
        });
        return itself[0];
    }

    private static List<HttpRequest> visits(URI base) {
        return Stream.of("/q/metrics", "/q/health")
                .map(path -> HttpRequest.newBuilder(base.resolve(path)).build())
                .toList();
    }

    /** Asks for metrics and health, as Prometheus and an orchestrator do. */
    private static final class Visitor implements AutoCloseable {
        private final HttpClient client;
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger answers = new AtomicInteger();

        Visitor(HttpClient client, URI base) {
            this.client = client;
            clock.scheduleAtFixedRate(() -> visit(base), 0, SECONDS_BETWEEN_VISITS, TimeUnit.SECONDS);
        }

        private void visit(URI base) {
            for (HttpRequest request : visits(base)) {
                client.sendAsync(request, BodyHandlers.ofByteArray()).thenRun(answers::incrementAndGet);
            }
        }

        void requireAnswers() {
            if (answers.get() == 0) {
                throw new IllegalStateException("nothing was answered by the doors");
            }
        }

        @Override
        public void close() {
            clock.shutdownNow();
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
}
