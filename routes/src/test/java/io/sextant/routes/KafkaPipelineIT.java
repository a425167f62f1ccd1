package io.sextant.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.message.MessageHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Consumer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines against a real broker. */
class KafkaPipelineIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    static Path brokerFolder;

    @TempDir
    Path work;

    @SuppressWarnings("NullAway.Init") // made before all tests
    private static KafkaBroker broker;

    private String in = "";
    private String out = "";

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.prepare(brokerFolder).start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        in = test.getTestMethod().orElseThrow().getName();
        out = in + ".results";
        broker.createTopic(in, 2);
        broker.createTopic(out, 2);
    }

    @Test
    void publishesResultsAsCloudEventsWithTheKeyOfTheirMessage() throws IOException {
        try (PipelineHarness pipelines =
                start(ScriptedModel.describing(), "steps[1].task", "vqa", "steps[1].prompt", "why?")) {
            broker.send(
                    in, "order-7", TestImages.jpeg(1), "SextantPrompt", "how many?", "SextantImageName", "seven.jpg");

            Map<String, ConsumerRecord<byte[], byte[]>> byStep = new HashMap<>();
            broker.read(out, 2).forEach(message -> byStep.put(header(message, "SextantStep"), message));

            assertThat(pipelines.context().isStarted()).isTrue();
            assertThat(byStep.keySet()).containsExactlyInAnyOrder("caption", "vqa");
            ConsumerRecord<byte[], byte[]> vqa = Objects.requireNonNull(byStep.get("vqa"));
            JsonNode document = MAPPER.readTree(vqa.value());
            assertThat(vqa.key()).asString(UTF_8).isEqualTo("order-7");
            assertThat(header(vqa, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(vqa, "ce_id"))
                    .hasSize(64)
                    .isNotEqualTo(document.at("/id").asText());
            assertThat(header(vqa, "SextantResultId"))
                    .isEqualTo(document.at("/id").asText());
            assertThat(header(vqa, "SextantResultTask")).isEqualTo("vqa");
            assertThat(header(vqa, "ce_source")).isEqualTo("/sextant/pipelines/photos");
            assertThat(header(vqa, "ce_type")).isEqualTo("io.sextant.result.v1");
            assertThat(header(vqa, "ce_subject")).isEqualTo("seven.jpg");
            assertThat(header(vqa, "content-type")).isEqualTo("application/json");
            assertThat(document.at("/prompt").asText()).isEqualTo("how many?");
            assertThat(document.at("/image/name").asText()).isEqualTo("seven.jpg");
            assertThat(document.has("timings")).isFalse();
        }
        await().untilAsserted(() ->
                assertThat(broker.committed("sextant-photos").values()).contains(1L));
    }

    @Test
    void tellsResultsOfDifferentMessagesApartAndLetsTheirTraceGoOn() {
        try (PipelineHarness pipelines =
                start(ScriptedModel.describing(), "forward-headers", "traceparent,correlation*")) {
            for (String order : List.of("1", "2")) {
                broker.send(
                        in,
                        "camera",
                        TestImages.jpeg(1),
                        "traceparent",
                        "00-" + order + "-01",
                        "correlationId",
                        "order-" + order,
                        "other",
                        "stays");
            }

            List<ConsumerRecord<byte[], byte[]>> results = broker.read(out, 2);

            assertThat(pipelines.context().isStarted()).isTrue();
            assertThat(results).extracting(message -> header(message, "ce_id")).doesNotHaveDuplicates();
            assertThat(results)
                    .extracting(message -> header(message, "SextantResultId"))
                    .containsOnly(header(results.get(0), "SextantResultId"));
            assertThat(results)
                    .extracting(message -> header(message, "traceparent") + " " + header(message, "correlationId"))
                    .containsExactlyInAnyOrder("00-1-01 order-1", "00-2-01 order-2");
            assertThat(results).allMatch(message -> message.headers().lastHeader("other") == null);
        }
    }

    /** The body is asked about again as bytes: what stands in the headers of a result says nothing about the next task. */
    @Test
    void sendsAResultOnToAnotherTask() throws Exception {
        try (PipelineHarness pipelines = start(ScriptedModel.describing())) {
            broker.send(in, "a", TestImages.jpeg(1));
            ConsumerRecord<byte[], byte[]> result = broker.read(out, 1).get(0);
            Map<String, Object> headers = new HashMap<>();
            result.headers().forEach(header -> headers.put(header.key(), header.value()));

            Set<String> read = new HashSet<>(headers.keySet());
            read.retainAll(MessageHeaders.READ);

            assertThat(pipelines.context().isStarted()).isTrue();
            assertThat(headers).containsKeys("SextantResultTask", "SextantStep");
            assertThat(read).isEmpty();
        }
    }

    @Test
    void putsBadMessagesAsideWithTheirReasonWhileTheirNeighboursPass() throws IOException {
        Path images = Files.createDirectory(work.resolve("images"));
        Files.write(images.resolve("good.jpg"), TestImages.jpeg(5));
        Map<String, byte[]> bad = new HashMap<>();
        bad.put("not an image", "hello".getBytes(UTF_8));
        bad.put("bomb", hundredMegapixels());
        bad.put("truncated", TestImages.truncatedJpeg());
        bad.put(
                "task",
                "{\"image\": {\"reference\": \"file:%s/good.jpg\"}, \"steps\": [{\"task\": \"dream\"}]}"
                        .formatted(images)
                        .getBytes(UTF_8));
        bad.put("json", "{\"image\": ".getBytes(UTF_8));
        bad.put("missing", ("file:" + images + "/none.jpg").getBytes(UTF_8));
        bad.put("bucket", "s3://forbidden/good.jpg".getBytes(UTF_8));
        bad.put("climbing", ("file:" + images + "/../images/good.jpg").getBytes(UTF_8));
        bad.put("large", new byte[50 << 20]);
        broker.createTopic(in + ".dead-letter", 1);
        try (PipelineHarness pipelines = start(ScriptedModel.describing(), "references", "file:" + images)) {
            int number = 0;
            for (Map.Entry<String, byte[]> entry : bad.entrySet()) {
                broker.send(in, "good-" + number++, TestImages.jpeg(100 + number));
                broker.send(in, entry.getKey(), entry.getValue(), "trace", "t-" + entry.getKey());
            }
            broker.send(in, "good-claim", ("file:" + images + "/good.jpg").getBytes(UTF_8));

            assertThat(keys(broker.read(out, bad.size() + 1)))
                    .contains("good-claim", "good-0")
                    .doesNotContainAnyElementsOf(bad.keySet())
                    .hasSize(bad.size() + 1);
            Map<String, ConsumerRecord<byte[], byte[]>> letters = new HashMap<>();
            broker.read(in + ".dead-letter", bad.size())
                    .forEach(letter -> letters.put(new String(letter.key(), UTF_8), letter));
            assertThat(letters.keySet()).isEqualTo(bad.keySet());
            letters.forEach((key, letter) -> {
                assertThat(header(letter, "SextantDeadLetterCategory")).isEqualTo("INVALID_INPUT");
                assertThat(header(letter, "SextantDeadLetterAttempts")).isEqualTo("1");
                assertThat(header(letter, "SextantDeadLetterTopic")).isEqualTo(in);
                assertThat(header(letter, "trace")).isEqualTo("t-" + key);
                if (!key.equals("large")) {
                    assertThat(letter.value()).isEqualTo(bad.get(key));
                }
            });
            assertThat(reason(letters, "not an image")).contains("looks like a text", "{\"image\": {\"reference\":");
            assertThat(reason(letters, "bomb")).contains("max-pixels");
            assertThat(reason(letters, "truncated")).contains("truncated");
            assertThat(reason(letters, "task")).contains("\"dream\"");
            assertThat(reason(letters, "json")).contains("malformed JSON");
            assertThat(reason(letters, "missing")).contains("is missing");
            assertThat(reason(letters, "bucket")).contains("\"s3:\"");
            assertThat(reason(letters, "climbing")).contains("\"..\"");
            assertThat(reason(letters, "large")).contains("max-bytes");
            assertThat(Objects.requireNonNull(letters.get("large")).value()).isEmpty();
            assertThat(header(Objects.requireNonNull(letters.get("large")), "SextantDeadLetterBodyDigest"))
                    .hasSize(64);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    /** The broker alone knows what a topic takes. */
    @Test
    void putsAsideWhatIsLargerThanTheTopicOfDeadLettersTakes() {
        broker.createTopic(in + ".dead-letter", 1, 32 << 10);
        byte[] bad = new byte[500 << 10];
        Arrays.fill(bad, (byte) 'x');
        try (PipelineHarness pipelines = start(ScriptedModel.describing())) {
            broker.send(in, "camera", bad, "trace", "t-1");
            broker.send(in, "camera", bad, "trace", "t-2", "long", "x".repeat(60_000));
            broker.send(in, "camera", TestImages.jpeg(1));

            assertThat(keys(broker.read(out, 1))).containsExactly("camera");
            List<ConsumerRecord<byte[], byte[]>> letters = broker.read(in + ".dead-letter", 2);
            assertThat(letters).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.key()).asString(UTF_8).isEqualTo("camera");
                assertThat(letter.value()).isEmpty();
                assertThat(header(letter, "SextantDeadLetterCategory")).isEqualTo("INVALID_INPUT");
                assertThat(header(letter, "SextantDeadLetterAttempts")).isEqualTo("1");
                assertThat(header(letter, "SextantDeadLetterBodyKept")).isEqualTo("false");
                assertThat(header(letter, "SextantDeadLetterBodyBytes")).isEqualTo("512000");
            });
            assertThat(header(letters.get(0), "trace")).isEqualTo("t-1");
            assertThat(header(letters.get(0), "SextantDeadLetterHeadersLost")).isEqualTo("0");
            assertThat(letters.get(1).headers().lastHeader("trace")).isNull();
            assertThat(header(letters.get(1), "SextantDeadLetterHeadersLost")).isEqualTo("2");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    /** What is said about a message may be longer than what is left of it. */
    @Test
    void putsAsideWhatHasMoreToBeSaidThanTheTopicOfDeadLettersTakes() {
        broker.createTopic(in + ".dead-letter", 1, 4 << 10);
        String steps = IntStream.range(0, 64)
                .mapToObj(i -> "{\"task\": \"identify\", \"name\": \"box-outside-of-the-image-in-the-place-" + i
                        + "\", \"box\": [90000, 90000, 90001, 90001]}")
                .collect(Collectors.joining(", ", "[", "]"));
        try (PipelineHarness pipelines = start(ScriptedModel.describing())) {
            broker.send(in, "camera", TestImages.jpeg(1), "SextantSteps", steps);
            broker.send(in, "camera", TestImages.jpeg(1));

            assertThat(keys(broker.read(out, 1))).containsExactly("camera");
            ConsumerRecord<byte[], byte[]> letter =
                    broker.read(in + ".dead-letter", 1).get(0);
            assertThat(letter.key()).isNull();
            assertThat(header(letter, "SextantDeadLetterCategory")).isEqualTo("INVALID_INPUT");
            assertThat(header(letter, "SextantDeadLetterMessage")).startsWith("Image \"");
            assertThat(header(letter, "SextantDeadLetterFailedSteps")).startsWith("box-outside");
            assertThat(header(letter, "SextantDeadLetterKeyKept")).isEqualTo("false");
            assertThat(header(letter, "SextantDeadLetterAttempts")).isEqualTo("1");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void asksTheTurnsOfARequestAfterEachOthersAnswers() throws IOException {
        ScriptedModel model =
                new ScriptedModel(request -> "turn " + request.turns().size());
        try (PipelineHarness pipelines = start(model)) {
            broker.send(
                    in,
                    "talk",
                    TestImages.jpeg(1),
                    "SextantTurns",
                    "[{\"task\": \"vqa\", \"prompt\": \"one?\"}, {\"task\": \"vqa\", \"prompt\": \"two?\"}]");

            Map<String, String> answers = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> message : broker.read(out, 2)) {
                answers.put(
                        header(message, "SextantStep"),
                        MAPPER.readTree(message.value()).at("/text").asText());
            }
            assertThat(answers).isEqualTo(Map.of("vqa", "turn 1", "vqa-2", "turn 2"));
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void putsRejectsAndResultsIntoFoldersWhereThatIsConfigured() {
        Path rejects = work.resolve("rejects");
        Path results = work.resolve("results");
        try (PipelineHarness pipelines =
                start(ScriptedModel.describing(), "to", "file:" + results, "dead-letter", "file:" + rejects)) {
            broker.send(in, "one-key", "no image".getBytes(UTF_8));
            broker.send(in, "one-key", TestImages.jpeg(1));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !PipelineHarness.files(work).stream()
                            .filter(file -> file.startsWith("results/") && file.endsWith(".caption.json"))
                            .toList()
                            .isEmpty());

            List<String> letters = PipelineHarness.files(rejects);
            assertThat(letters).hasSize(2);
            assertThat(rejects.resolve(letters.get(0))).hasContent("no image");
            JsonNode reason = PipelineHarness.json(rejects.resolve(letters.get(1)));
            assertThat(reason.at("/category").asText()).isEqualTo("INVALID_INPUT");
            assertThat(reason.at("/origin/topic").asText()).isEqualTo(in);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void staysInItsGroupWhileTheModelTakesLongerThanKafkaWouldWait() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        ScriptedModel slow = new ScriptedModel(request -> {
            calls.incrementAndGet();
            asked.countDown();
            FolderPipelineTest.awaitLatch(answer);
            return "at last";
        });
        Map<String, String> properties = properties("&max.poll.interval.ms=2000&session.timeout.ms=6000");
        try (PipelineHarness pipelines = PipelineHarness.start(slow, properties)) {
            broker.send(in, "slow", TestImages.jpeg(1));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            await().during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> broker.members("sextant-photos-" + in) == 1);
            answer.countDown();

            assertThat(keys(broker.read(out, 1))).containsExactly("slow");
            await().untilAsserted(() -> assertThat(
                            broker.committed("sextant-photos-" + in).values())
                    .contains(1L));
            assertThat(calls).hasValue(1);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void triesAgainWhatIsNotTheMessagesFaultAndKeepsThePartitionsOrder() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedModel model = new ScriptedModel(request -> {
            if (calls.incrementAndGet() <= 2) {
                throw new ResourceExhaustedException("no memory now");
            }
            return ScriptedModel.describe(request);
        });
        try (PipelineHarness pipelines = PipelineHarness.start(model, properties(""))) {
            for (int i = 0; i < 5; i++) {
                broker.send(in, "one-key", TestImages.jpeg(i), "SextantImageName", "p" + i);
            }

            assertThat(broker.read(out, 5))
                    .extracting(message -> header(message, "ce_subject"))
                    .containsExactly("p0", "p1", "p2", "p3", "p4");
            assertThat(pipelines.context().isStarted()).isTrue();
        }
    }

    @Test
    void letsASecondInstanceTakeOverWithoutLosingAnything() {
        int messages = 200;
        PipelineHarness first = PipelineHarness.start(ScriptedModel.describing(), properties(""));
        try (PipelineHarness second = PipelineHarness.start(ScriptedModel.describing(), properties(""))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> broker.members("sextant-photos-" + in) == 2);
            Set<String> sent = new TreeSet<>();
            for (int i = 0; i < messages; i++) {
                sent.add("m" + i);
                broker.send(in, "m" + i, TestImages.jpeg(i));
                if (i == messages / 2) {
                    first.close();
                }
            }
            Map<String, byte[]> results = new HashMap<>();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                for (ConsumerRecord<byte[], byte[]> result : broker.read(out, 1)) {
                    byte[] earlier = results.put(new String(result.key(), UTF_8), result.value());
                    assertThat(earlier == null || Arrays.equals(earlier, result.value()))
                            .isTrue();
                }
                assertThat(new TreeSet<>(results.keySet())).isEqualTo(sent);
            });
            assertThat(second.context().isStarted()).isTrue();
        } finally {
            first.close();
        }
    }

    @Test
    void asksOnceWhatComesTwiceAlsoAfterARestart() {
        String ids = "file:" + work.resolve("photos.ids");
        ScriptedModel first = ScriptedModel.describing();
        try (PipelineHarness pipelines = start(first, "idempotent", ids)) {
            broker.send(in, "a", TestImages.jpeg(1));
            broker.send(in, "a", TestImages.jpeg(1));
            broker.send(in, "a", TestImages.jpeg(1), "SextantSteps", "[{\"task\": \"grounding\"}]");
            broker.send(in, "a", TestImages.jpeg(2));
            awaitCommitted(4);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(first.askedImages())
                .as("asked once, with other steps, and about another image")
                .hasSize(3);

        ScriptedModel second = ScriptedModel.describing();
        try (PipelineHarness pipelines = start(second, "idempotent", ids)) {
            broker.send(in, "a", TestImages.jpeg(1));
            broker.send(in, "b", TestImages.jpeg(1));
            awaitCommitted(6);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(second.askedImages())
                .as("asked again under another key alone")
                .hasSize(1);
        assertThat(broker.read(out, 4)).hasSize(4);
    }

    @Test
    void remembersAMessageOnlyOnceItsResultsArePublished() {
        ResultCountingRepository repository = new ResultCountingRepository();
        AtomicInteger calls = new AtomicInteger();
        ScriptedModel model = new ScriptedModel(request -> {
            if (calls.incrementAndGet() == 1) {
                throw new ResourceExhaustedException("no memory now");
            }
            return ScriptedModel.describe(request);
        });
        Map<String, String> properties = properties("&groupId=sextant-photos");
        properties.put("sextant.pipelines.photos.idempotent", "bean:seen");
        try (PipelineHarness pipelines = PipelineHarness.start(
                model, properties, context -> context.getRegistry().bind("seen", repository))) {
            broker.send(in, "bad", TestImages.truncatedJpeg());
            broker.send(in, "a", TestImages.jpeg(1));
            broker.send(in, "a", TestImages.jpeg(1));
            awaitCommitted(3);
            assertThat(pipelines.context().isStarted()).isTrue();
        }
        assertThat(repository.publishedWhenAdded).containsExactly(1);
        assertThat(calls).hasValue(2);
    }

    /** Notes, for each id that is added, how many results are published by then. */
    private final class ResultCountingRepository extends MemoryIdempotentRepository {
        private final List<Integer> publishedWhenAdded = new CopyOnWriteArrayList<>();

        @Override
        public boolean add(String id) {
            publishedWhenAdded.add(broker.read(out, 1).size());
            return super.add(id);
        }
    }

    private void awaitCommitted(long messages) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(broker.committed("sextant-photos").entrySet().stream()
                                .filter(entry -> entry.getKey().topic().equals(in))
                                .mapToLong(Map.Entry::getValue)
                                .sum())
                        .isEqualTo(messages));
    }

    @Test
    void startsWithoutItsBrokerSaysSoAndRecoversByItself(@TempDir Path folder) {
        try (KafkaBroker later = KafkaBroker.prepare(folder)) {
            Map<String, String> properties = properties("&reconnect.backoff.max.ms=200");
            properties.put("sextant.kafka.bootstrap.servers", later.address());
            try (PipelineHarness pipelines = PipelineHarness.start(ScriptedModel.describing(), properties)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> problem(pipelines).contains("no connection"));

                later.start();
                later.send(in, "late", TestImages.jpeg(1));
                assertThat(keys(later.read(out, 1))).containsExactly("late");
                assertThat(problem(pipelines)).isEmpty();

                later.kill();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> problem(pipelines).contains("no connection"));
                later.start();
                later.send(in, "later", TestImages.jpeg(2));
                assertThat(keys(later.read(out, 2))).contains("late", "later");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> problem(pipelines).isEmpty());
            }
        }
    }

    /** What the health check of the source says, empty if it is up. */
    private static String problem(PipelineHarness pipelines) {
        Consumer consumer = pipelines.context().getRoute("pipeline-photos").getConsumer();
        assertThat(consumer).isInstanceOf(HealthCheckAware.class);
        HealthCheck.Result result =
                ((HealthCheckAware) consumer).getHealthCheck().callReadiness();
        return result.getState() == HealthCheck.State.UP
                ? ""
                : result.getMessage().orElse("?");
    }

    private PipelineHarness start(ScriptedModel model, String... more) {
        Map<String, String> properties = properties("&groupId=sextant-photos");
        for (int i = 0; i < more.length; i += 2) {
            properties.put("sextant.pipelines.photos." + more[i], more[i + 1]);
        }
        return PipelineHarness.start(model, properties);
    }

    private Map<String, String> properties(String options) {
        Map<String, String> properties = new HashMap<>();
        String prefix = "sextant.pipelines.photos.";
        properties.put("sextant.kafka.bootstrap.servers", broker.address());
        String group = options.contains("groupId") ? "" : "&groupId=sextant-photos-" + in;
        properties.put(prefix + "from", "kafka:" + in + "?pollTimeout=20ms&commitInterval=50ms" + group + options);
        properties.put(prefix + "to", "kafka:" + out);
        properties.put(prefix + "retry-delay", "20ms");
        properties.put(prefix + "max-retry-delay", "100ms");
        properties.put(prefix + "steps[0].task", "caption");
        return properties;
    }

    private static String reason(Map<String, ConsumerRecord<byte[], byte[]>> letters, String key) {
        return header(Objects.requireNonNull(letters.get(key)), "SextantDeadLetterMessage");
    }

    private static Set<String> keys(List<ConsumerRecord<byte[], byte[]>> messages) {
        Set<String> keys = new HashSet<>();
        messages.forEach(message -> keys.add(new String(message.key(), UTF_8)));
        return keys;
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        assertThat(header).as("header " + name).isNotNull();
        return new String(header.value(), UTF_8);
    }

    /** The head of a PNG file of 10,000 x 10,000 pixels; nobody gets to the rest. */
    private static byte[] hundredMegapixels() {
        byte[] small = TestImages.png(1);
        ByteBuffer.wrap(small).putInt(16, 10_000).putInt(20, 10_000);
        java.util.zip.CRC32 check = new java.util.zip.CRC32();
        check.update(small, 12, 17);
        ByteBuffer.wrap(small).putInt(29, (int) check.getValue());
        return small;
    }
}
