package io.sextant.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.error.ResourceExhaustedException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines whose source or sink is an endpoint of Camel's. */
class CamelPipelineTest {
    private static final byte[] IMAGE = TestImages.jpeg(0xcc0000);

    @TempDir
    private Path work;

    private static Map<String, String> pipeline(String... more) {
        Map<String, String> properties = new HashMap<>();
        String prefix = "sextant.pipelines.inbox.";
        properties.put(prefix + "from", "camel:direct:in");
        properties.put(prefix + "to", "camel:mock:out");
        properties.put(prefix + "retry-delay", "20ms");
        properties.put(prefix + "max-retry-delay", "100ms");
        properties.put(prefix + "steps[0].task", "caption");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i].startsWith("sextant.") ? more[i] : prefix + more[i], more[i + 1]);
        }
        return properties;
    }

    private static Exchange send(PipelineHarness pipelines, @Nullable Object body, Map<String, Object> headers) {
        return pipelines.context().createProducerTemplate().send("direct:in", ExchangePattern.InOnly, exchange -> {
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.getMessage().setBody(body);
        });
    }

    private static List<Exchange> results(PipelineHarness pipelines) {
        return pipelines.context().getEndpoint("mock:out", MockEndpoint.class).getExchanges();
    }

    @Test
    void answersWhatAnEndpointBringsAndSendsTheResultToAnother() throws Exception {
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), pipeline())) {
            Exchange sent = send(
                    pipelines,
                    IMAGE,
                    Map.of(
                            "traceparent",
                            "00-1",
                            "other",
                            "x",
                            Exchange.FILE_NAME,
                            "trip/a.jpg",
                            "SextantPrompt",
                            "what?"));

            assertThat(sent.getException()).isNull();
            assertThat(results(pipelines)).hasSize(1);
            Map<String, Object> headers = results(pipelines).get(0).getMessage().getHeaders();
            assertThat(headers)
                    .containsEntry("traceparent", "00-1")
                    .containsEntry("SextantStep", "caption")
                    .containsEntry("ce_subject", "trip/a.jpg")
                    .containsEntry(Exchange.FILE_NAME, "trip/a.jpg.caption.json")
                    .doesNotContainKey("other");
            String json = results(pipelines).get(0).getMessage().getBody(String.class);
            assertThat(json).contains("what?", "\"task\":\"caption\"").doesNotContain("\n");
            assertThat(String.valueOf(headers.get("SextantResultId"))).matches("[0-9a-f]{64}");
        }
    }

    @Test
    void asksWithTheHeadersThatATaskReads() throws Exception {
        Map<String, String> properties = pipeline(
                "steps[0].task",
                "car@1",
                "sextant.tasks.\"car@1\".template",
                "is it {header.colour}?",
                "sextant.tasks.\"car@1\".headers",
                "colour",
                "sextant.tasks.\"car@2\".template",
                "what is it?");
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
            assertThat(send(pipelines, IMAGE, Map.of("colour", "red", "other", "x"))
                            .getException())
                    .isNull();
            assertThat(results(pipelines)).hasSize(1);
            assertThat(results(pipelines).get(0).getMessage().getBody(String.class))
                    .contains("\"task\":\"car@1\"", "\"headers\":{\"colour\":\"red\"}");
            assertThat(results(pipelines).get(0).getMessage().getHeader("SextantStep"))
                    .isEqualTo("car");

            assertThat(send(pipelines, IMAGE, Map.of()).getException())
                    .hasMessageContaining("reads the header \"colour\"");
        }
    }

    @Test
    void takesBodiesOfAllKinds() throws Exception {
        Path file = Files.write(work.resolve("a.jpg"), IMAGE);
        String base64 = Base64.getEncoder().encodeToString(IMAGE);
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), pipeline())) {
            for (Object body : List.of(
                    IMAGE,
                    new ByteArrayInputStream(IMAGE),
                    file.toFile(),
                    base64,
                    "{\"image\": {\"data\": \"" + base64 + "\"}}")) {
                assertThat(send(pipelines, body, Map.of()).getException())
                        .as(body.getClass().getName())
                        .isNull();
            }
            assertThat(results(pipelines))
                    .extracting(result -> result.getMessage().getHeader("SextantImageDigest"))
                    .hasSize(5)
                    .containsOnly(results(pipelines).get(0).getMessage().getHeader("SextantImageDigest"));
        }
    }

    @Test
    void tellsTheEndpointOfABadImageWhereNoPlaceForDeadLettersIsNamed() {
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), pipeline())) {
            assertThat(send(pipelines, "no image", Map.of()).getException())
                    .hasMessageContaining("a body is the image itself");
            assertThat(send(pipelines, null, Map.of()).getException()).hasMessageContaining("it has no body");
            assertThat(send(pipelines, new AtomicInteger(), Map.of()).getException())
                    .hasMessageContaining("a body of the class java.util.concurrent.atomic.AtomicInteger");
            assertThat(results(pipelines)).isEmpty();
        }
    }

    @Test
    void putsABadImageAsideAndIsDone() throws Exception {
        Path bad = work.resolve("bad");
        try (PipelineHarness pipelines =
                PipelineHarness.start(ScriptedModel.describing(), pipeline("dead-letter", "file:" + bad))) {
            Exchange sent = send(pipelines, "no image", Map.of("trace", "t1", Exchange.FILE_NAME, "trip/b.jpg"));

            assertThat(sent.getException()).isNull();
            assertThat(PipelineHarness.files(bad)).hasSize(2).anyMatch(name -> name.endsWith(".reason.json"));
            for (String name : PipelineHarness.files(bad)) {
                assertThat(name).startsWith("trip");
            }
            Exchange asked = pipelines
                    .context()
                    .createProducerTemplate()
                    .request("direct:in", exchange -> exchange.getMessage().setBody("no image"));
            assertThat(asked.getException()).as("somebody waits for an answer").isNotNull();
        }
    }

    @Test
    void whatIsNotTheImagesFaultIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedModel model = new ScriptedModel(request -> {
            if (calls.incrementAndGet() < 3) {
                throw new ModelBusyException("too many");
            }
            return "at last";
        });
        try (PipelineHarness pipelines = PipelineHarness.start(model, pipeline())) {
            Exchange sent = send(pipelines, new ByteArrayInputStream(IMAGE), Map.of());

            assertThat(sent.getException()).isNull();
            assertThat(calls).hasValue(3);
            assertThat(results(pipelines)).hasSize(1);
        }
    }

    @Test
    void anImageThatWaitsWhenThePipelineStopsGoesBackToItsEndpoint() {
        ScriptedModel model = new ScriptedModel(request -> {
            throw new ModelBusyException("too many");
        });
        CompletableFuture<Exchange> sent;
        try (PipelineHarness pipelines =
                PipelineHarness.start(model, pipeline("retry-delay", "1h", "max-retry-delay", "1h"))) {
            sent = CompletableFuture.supplyAsync(() -> send(pipelines, IMAGE, Map.of()));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !model.askedImages().isEmpty());
        }
        assertThat(sent.join().getException())
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("before the pipeline was stopped");
    }

    @Test
    void aSinkThatFailsIsNoFaultOfTheImage() {
        AtomicInteger calls = new AtomicInteger();
        try (PipelineHarness pipelines = PipelineHarness.start(
                ScriptedModel.describing(),
                pipeline(),
                context -> context.getEndpoint("mock:out", MockEndpoint.class).whenAnyExchangeReceived(exchange -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("away");
                    }
                }))) {
            assertThat(send(pipelines, IMAGE, Map.of()).getException()).isNull();
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void queuesInMemoryAreReadByAsManyThreadsAsTheySay() {
        CountDownLatch bothAsked = new CountDownLatch(2);
        ScriptedModel model = new ScriptedModel(request -> {
            bothAsked.countDown();
            return String.valueOf(await(bothAsked));
        });
        try (PipelineHarness pipelines =
                PipelineHarness.start(model, pipeline("from", "camel:seda:in?concurrentConsumers=2"))) {
            ProducerTemplate template = pipelines.context().createProducerTemplate();
            template.sendBody("seda:in", IMAGE);
            template.sendBody("seda:in", IMAGE);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> results(pipelines).size() == 2);
            assertThat(results(pipelines))
                    .allSatisfy(result -> assertThat(result.getMessage().getBody(String.class))
                            .contains("\"text\":\"true\""));
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aTimerBringsNoImageAndIsToldSo() throws Exception {
        Path bad = work.resolve("bad");
        try (PipelineHarness pipelines = PipelineHarness.start(
                ScriptedModel.describing(),
                pipeline("from", "camel:timer:tick?repeatCount=1&delay=0", "dead-letter", "file:" + bad))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            Files.isDirectory(bad) && PipelineHarness.files(bad).size() == 2);
            String reason = PipelineHarness.files(bad).stream()
                    .filter(name -> name.endsWith(".reason.json"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(bad.resolve(reason)))
                    .contains("it has no body")
                    .contains("\"noBody\" : true")
                    .contains("timer://tick");
        }
    }

    /** A component of files moves them by its own rules, once it hears that an exchange is done. */
    @Test
    void theEndpointHearsWhatBecameOfItsFile() throws Exception {
        Path in = Files.createDirectory(work.resolve("in"));
        Files.write(in.resolve("good.jpg"), IMAGE);
        Files.writeString(in.resolve("bad.jpg"), "no image");
        String from = "camel:file:" + in + "?initialDelay=0&delay=50&move=done&moveFailed=failed";
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), pipeline("from", from))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            Files.exists(in.resolve("done/good.jpg")) && Files.exists(in.resolve("failed/bad.jpg")));

            assertThat(results(pipelines)).hasSize(1);
            assertThat(results(pipelines).get(0).getMessage().getHeader(Exchange.FILE_NAME))
                    .isEqualTo("good.jpg.caption.json");
        }
    }

    /** By its options alone it would look in an hour. */
    @Test
    void anEndpointThatPollsIsAskedAtTheTimesThatAreSet() throws Exception {
        Path in = Files.createDirectory(work.resolve("in"));
        Files.write(in.resolve("a.jpg"), IMAGE);
        Map<String, String> properties =
                pipeline("from", "camel:file:" + in + "?initialDelay=3600000&delay=3600000&move=done");
        properties.put("sextant.pipelines.inbox.cron", "* * * * * ?");
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
            PipelineHarness.awaitFile(in.resolve("done/a.jpg"));

            assertThat(results(pipelines)).hasSize(1);
        }
    }

    @Test
    void aFolderPipelineMaySendToAnEndpointToo() throws Exception {
        Path photos = Files.createDirectory(work.resolve("photos"));
        Map<String, String> properties = PipelineHarness.photos(photos, "original", "delete", "to", "camel:mock:out");
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
            PipelineHarness.drop(photos, "a.jpg", IMAGE);
            PipelineHarness.awaitGone(photos.resolve("a.jpg"));

            assertThat(results(pipelines)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "from, camel:nothing:in, No endpoint could be found for: nothing://in",
        "from, camel:, is no endpoint that Camel can make",
        "to, camel:direct:in, results are no images",
        "to, beside, beside",
        "original, move, options of the endpoint",
        "cron, * * * * * ?, is not asked at times",
        "dead-letter, camel:mock:bad, dead-letter=camel:mock:bad",
    })
    void refusesWhatCannotBe(String key, String value, String why) {
        assertThatThrownBy(() -> PipelineHarness.start(ScriptedModel.describing(), pipeline(key, value))
                        .close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(why);
    }

    @Test
    void anEndpointBelongsToOnePipeline() {
        Map<String, String> properties = pipeline();
        pipeline().forEach((key, value) -> properties.put(key.replace(".inbox.", ".other."), value));

        assertThatThrownBy(() -> PipelineHarness.start(ScriptedModel.describing(), properties)
                        .close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("one endpoint belongs to one pipeline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camel:direct:in?secret=hush", "camel:nothing:in?password=hush"})
    void tellsNoOptions(String from) {
        assertThatThrownBy(() -> PipelineHarness.start(ScriptedModel.describing(), pipeline("from", from))
                        .close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("hush");
    }

    @Test
    void textIsReadWhateverItsCharacters() {
        try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), pipeline())) {
            String request = "{\"image\": {\"data\": \"" + Base64.getEncoder().encodeToString(IMAGE)
                    + "\", \"name\": \"Bär.jpg\"}}";
            assertThat(send(pipelines, request, Map.of()).getException()).isNull();
            assertThat(results(pipelines).get(0).getMessage().getHeader("ce_subject"))
                    .isEqualTo("Bär.jpg");
            assertThat(request.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(request.length());
        }
    }
}
