package io.sextant.app.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sextant.app.demo.DemoImages;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.Timings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.routes.PipelineRouteBuilder;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.sextant.routes.observe.MessageOutcome;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace from a message to its results, gathered in memory. */
final class TracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    private final Gathered gathered = new Gathered();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(gathered))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void aMessageIsOneTraceFromItsSourceToItsResults() throws Exception {
        Files.createDirectory(folder.resolve("in"));
        SextantSettings settings = settings();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            TracedTaskRunner tasks =
                    new TracedTaskRunner(new ModelTaskRunner(new TimedModel(), settings.taskRegistry()), telemetry);
            context.addRoutes(new PipelineRouteBuilder(
                    settings,
                    tasks,
                    Connectors.standard(settings.connectors()),
                    Clock.systemUTC(),
                    pipeline -> new PipelineTraceListener(telemetry, pipeline.name(), pipeline.sourceScheme())));
            context.start();
            DemoImages.drop("boats.jpg", folder.resolve("in/a.jpg"));
            await().atMost(Duration.ofMinutes(1)).until(() -> gathered.has("process photos"));
        }
        SpanData message = gathered.one("process photos");
        SpanData answer = gathered.one("answer caption");
        assertThat(gathered.spans).extracting(SpanData::getTraceId).containsOnly(message.getTraceId());
        assertThat(gathered.one("read image").getParentSpanId()).isEqualTo(message.getSpanId());
        assertThat(gathered.one("publish file").getParentSpanId()).isEqualTo(message.getSpanId());
        assertThat(answer.getParentSpanId()).isEqualTo(message.getSpanId());
        assertThat(answer.getAttributes().get(Spans.TASK)).isEqualTo("caption");
        assertThat(answer.getAttributes().get(Spans.IS_IMAGE_CACHED)).isFalse();
        for (String part : List.of("image pass", "prompt", "decoding")) {
            assertThat(gathered.one(part).getParentSpanId()).as(part).isEqualTo(answer.getSpanId());
        }
        assertThat(gathered.one("prompt").getEndEpochNanos())
                .isEqualTo(gathered.one("decoding").getStartEpochNanos());
        assertThat(message.getAttributes().get(Spans.OUTCOME)).isEqualTo("answered");
        assertThat(message.getAttributes().get(Spans.MESSAGE)).isEqualTo("a.jpg");
    }

    @Test
    void anAnswerThatAnErrorEndsHasItsSpan() {
        TaskInput input = TaskInput.builder(null).prompt("what?").build();
        TracedTaskRunner tasks =
                new TracedTaskRunner(new BrokenRunner(settings().taskRegistry()), telemetry);

        assertThatThrownBy(() -> tasks.run("chat", input)).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> tasks.submit("chat", input)).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> tasks.runAll(List.of(new TaskCall("chat", input))))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(gathered.spans)
                .extracting(span -> span.getStatus().getDescription())
                .containsExactly("OutOfMemoryError", "OutOfMemoryError", "OutOfMemoryError");
    }

    @Test
    void goesOnWithTheTraceOfTheMessageAndPassesItOn() {
        PipelineTraceListener listener = new PipelineTraceListener(telemetry, "photos", "kafka");
        MessageHeader other = MessageHeader.of("tenant", "a");
        List<MessageHeader> passedOn = listener.messageBegan(
                "photos-0@1", List.of(other, MessageHeader.of("traceparent", "00-" + TRACE + "-" + CALLER + "-01")));
        listener.messageEnded(MessageOutcome.ANSWERED, 1, Duration.ofMillis(5));
        SpanData message = gathered.one("process photos");
        assertThat(message.getTraceId()).isEqualTo(TRACE);
        assertThat(message.getParentSpanId()).isEqualTo(CALLER);
        assertThat(passedOn)
                .containsExactlyInAnyOrder(
                        other, MessageHeader.of("traceparent", "00-" + TRACE + "-" + message.getSpanId() + "-01"));
    }

    @Test
    void oneMessageEndsBeforeTheNextBegins() {
        PipelineTraceListener listener = new PipelineTraceListener(telemetry, "photos", "kafka");
        listener.messageBegan("photos-0@1", List.of());
        listener.messageBegan("photos-0@2", List.of());
        listener.messageEnded(MessageOutcome.REJECTED, 1, Duration.ofMillis(5));
        listener.published("file", true, Duration.ofMillis(5));
        assertThat(gathered.spans)
                .extracting(span -> span.getAttributes().get(Spans.MESSAGE))
                .containsExactly("photos-0@1", "photos-0@2");
        assertThat(gathered.spans).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
        assertThat(gathered.spans.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    private SextantSettings settings() {
        return SettingsReader.withSources(List.of(new PropertiesConfigSource(
                Map.of(
                        "sextant.pipelines.photos.from",
                        "file:" + folder.resolve("in") + "?delay=20&initialDelay=0",
                        "sextant.pipelines.photos.to",
                        "file:" + folder.resolve("out"),
                        "sextant.pipelines.photos.settle",
                        "20ms",
                        "sextant.pipelines.photos.steps[0].task",
                        "caption"),
                "test",
                100)));
    }

    /** Spans in the order of their ends. */
    private static final class Gathered implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        boolean has(String name) {
            return spans.stream().anyMatch(span -> span.getName().equals(name));
        }

        SpanData one(String name) {
            List<SpanData> named =
                    spans.stream().filter(span -> span.getName().equals(name)).toList();
            assertThat(named).as(name + " among " + spans).hasSize(1);
            return named.get(0);
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
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
    }

    private record BrokenRunner(TaskRegistry registry) implements TaskRunner {
        @Override
        public TaskOutcome run(String task, TaskInput input) {
            throw new OutOfMemoryError("told to");
        }
    }

    /** A model that says how long it took. */
    private static final class TimedModel implements VisionLanguageModel {
        @Override
        public ModelInfo info() {
            return new ModelInfo("timed", "f".repeat(64), 448, 256, 4096, "cpu", "float32");
        }

        @Override
        public CompletionStage<GenerationResult> submit(GenerationRequest request) {
            Timings timings = new Timings(Duration.ofMillis(30), Duration.ofMillis(20), Duration.ofMillis(10));
            return CompletableFuture.completedFuture(GenerationResult.builder("a boat")
                    .promptTokens(100)
                    .timings(timings)
                    .build());
        }

        @Override
        public void close() {}
    }
}
