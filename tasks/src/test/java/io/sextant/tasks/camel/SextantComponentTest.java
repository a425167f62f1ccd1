package io.sextant.tasks.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.GenerationRequest;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import io.sextant.core.message.MessageHeaders;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SextantComponentTest {
    private static final byte[] PNG = Images.png(20, 10, 0x336699);
    private static final RgbImage IMAGE = new RgbImage("a.png", "ab".repeat(32), 20, 10, 1, new byte[20 * 10 * 3]);

    private final FakeVisionLanguageModel model = new FakeVisionLanguageModel(SextantComponentTest::answer);
    private final TaskRunner runner = new ModelTaskRunner(model, TaskRegistries.discover());
    private final CamelContext camel = new DefaultCamelContext();

    private static String answer(GenerationRequest request) {
        if (request.turns().toString().contains("overload")) {
            throw new ResourceExhaustedException("All slots are taken; try again later.");
        }
        return "a cat";
    }

    @BeforeEach
    void start() {
        camel.getRegistry().bind("runner", runner);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange send(String uri, @Nullable Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        try (var template = camel.createProducerTemplate()) {
            return template.send(uri, exchange);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersWithAResultDocumentAndHeaders() {
        Exchange exchange = send("sextant:detection?prompt=cups and plates", PNG, Map.of("CamelFileName", "in/a.png"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class))
                .startsWith("{\"schema\":\"sextant-result-v1\"")
                .contains("\"prompt\":\"cups and plates\"", "\"name\":\"in/a.png\"", "\"width\":20", "\"timings\":");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(SextantHeaders.RESULT_TASK, "detection")
                .containsEntry(SextantHeaders.FINISH_REASON, "END_OF_SEQUENCE")
                .containsEntry(Exchange.CONTENT_TYPE, "application/json")
                .containsEntry("CamelFileName", "in/a.png")
                .hasEntrySatisfying(
                        SextantHeaders.RESULT_ID, id -> assertThat((String) id).matches("[0-9a-f]{64}"))
                .hasEntrySatisfying(
                        SextantHeaders.IMAGE_DIGEST,
                        id -> assertThat((String) id).matches("[0-9a-f]{64}"));
        assertThat(model.lastQuestion()).isEqualTo("[detection] cups and plates");
    }

    /** As from("kafka:results"): headers come as bytes, with all that a result and an earlier step say of themselves. */
    @Test
    void runsItsOwnTaskOnWhatAnEarlierTaskAnswered() throws IllegalAccessException {
        Map<String, Object> headers = new HashMap<>();
        for (Field header : MessageHeaders.class.getFields()) {
            if (header.getType() == String.class && !MessageHeaders.READ.contains((String) header.get(null))) {
                headers.put((String) header.get(null), "caption".getBytes(UTF_8));
            }
        }

        Exchange exchange = send("sextant:vqa?prompt=why", PNG, headers);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(SextantHeaders.RESULT_TASK)).isEqualTo("vqa");
        assertThat(model.lastQuestion()).startsWith("[vqa]").endsWith("why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "buffer", "stream", "path", "file", "local", "remote", "decoded"})
    void takesTheImageFromEveryKindOfBody(String kind, @TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("a.png"), PNG);
        Object body = switch (kind) {
            case "bytes" -> PNG;
            case "buffer" -> ByteBuffer.wrap(PNG);
            case "stream" -> new ByteArrayInputStream(PNG);
            case "path" -> path;
            case "file" -> path.toFile();
            case "local" -> new Wrapped<>(path.toFile(), path.toFile());
            case "remote" -> new Wrapped<>("ftp://a.png", PNG);
            default -> new RgbImage("a.png", "0".repeat(64), 20, 10, 1, new byte[600]);
        };

        Exchange exchange = send("sextant:caption?output=outcome", body, Map.of(Exchange.FILE_NAME, "a.png"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(TaskOutcome.class).image())
                .extracting(TaskOutcome.ImageReference::name, TaskOutcome.ImageReference::width)
                .containsExactly("a.png", 20);
    }

    @Test
    void headersOverrideTheEndpointAndDoNotReachTheNextStep() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:steps").to("sextant:caption").to("sextant:grounding?prompt=everything&output=outcome");
            }
        });

        Exchange exchange = send(
                "direct:steps",
                PNG,
                Map.of(
                        SextantHeaders.TASK, "identify",
                        SextantHeaders.PROMPT, "what is it",
                        SextantHeaders.BOX, "0, 0, 10, 5",
                        SextantHeaders.MAX_NEW_TOKENS, "7"));

        assertThat(exchange.getException()).isNull();
        assertThat(model.requests())
                .extracting(request ->
                        FakeVisionLanguageModel.write(request.turns().get(0).question()))
                .containsExactly("[identify] what is it {<0><0><50><50>}", "[grounding] everything");
        assertThat(model.requests())
                .extracting(request -> request.settings().maxNewTokens())
                .containsExactly(7, 500);
    }

    @Test
    void decodesTheImageOnceForSeveralSteps() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:steps")
                        .to("sextant:caption")
                        .to("sextant:vqa?prompt=why")
                        .to("sextant:chat?prompt=why");
            }
        });

        send("direct:steps", new ByteArrayInputStream(PNG), Map.of());

        assertThat(model.requests()).hasSize(3);
        RgbImage first = model.requests().get(0).images().get(0);
        assertThat(model.requests())
                .allSatisfy(
                        request -> assertThat(request.images()).singleElement().isSameAs(first));
    }

    @Test
    void leavesTheBodyAloneWhereTheResultGoesIntoAVariable() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:steps")
                        .to("sextant:caption")
                        .toV("sextant:detection?prompt=cups", null, "cups")
                        .setHeader(SextantHeaders.PROMPT, simple("where is the ${header.thing}?"))
                        .toV("sextant:refer?output=outcome", null, "place");
            }
        });

        Exchange exchange = send("direct:steps", PNG, Map.of("thing", "cat"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"task\":\"caption\"");
        assertThat(exchange.getVariable("cups", String.class)).contains("\"task\":\"detection\"");
        assertThat(exchange.getVariable("place", TaskOutcome.class).prompt()).isEqualTo("where is the cat?");
    }

    @Test
    void takesTheNewImageWhenTheBodyIsReplaced() throws Exception {
        byte[] other = Images.png(30, 10, 0);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:steps")
                        .to("sextant:caption")
                        .setBody(constant(other))
                        .to("sextant:caption");
            }
        });

        send("direct:steps", PNG, Map.of());

        assertThat(model.requests())
                .extracting(request -> request.images().get(0).width())
                .containsExactly(20, 30);
    }

    @Test
    void chatsAboutNothingButTheBodysText() {
        Exchange exchange = send("sextant:chat?output=text", "hello", Map.of());

        assertThat(exchange.getMessage().getBody()).isEqualTo("a cat");
        assertThat(model.lastQuestion()).isEqualTo("hello");
        assertThat(model.requests().get(0).images()).isEmpty();
        assertThat(exchange.getMessage().getHeader(SextantHeaders.IMAGE_DIGEST)).isNull();
    }

    @Test
    void readsTheHistoryAsObjectsAndAsJson() {
        Round round = new Round("identify", "", new PixelBox(0, 0, 10, 10), "a dog");
        String json = "[{\"task\":\"identify\",\"box\":[0,0,10,10],\"text\":\"a dog\"}]";

        send("sextant:vqa?prompt=why", PNG, Map.of(SextantHeaders.HISTORY, List.of(round)));
        send("sextant:vqa?prompt=why", PNG, Map.of(SextantHeaders.HISTORY, json));

        assertThat(model.requests().get(0).turns()).hasSize(2);
        assertThat(model.requests().get(1).turns())
                .isEqualTo(model.requests().get(0).turns());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "SextantBox, `1,2,3`, `write xMin,yMin,xMax,yMax`",
                "SextantBox, `5,5,1,1`, `write xMin,yMin,xMax,yMax`",
                "SextantBox, `a,b,c,d`, `write xMin,yMin,xMax,yMax`",
                "SextantHistory, `{`, `is no JSON`",
                "SextantHistory, `{}`, `is no JSON array`",
                "SextantHistory, `[3]`, `round 1 that is no object`",
                "SextantHistory, `[{\"task\":\"vqa\"}]`, `lacks the text`",
                "SextantHistory, `[{\"task\":\"vqa\",\"text\":\"a\",\"mood\":1}]`, `unknown key \"mood\"`",
                "SextantHistory, `[{\"task\":\"vqa\",\"text\":\"a\",\"box\":[1,2]}]`, `must be four numbers`",
                "SextantHistory, `[{\"task\":\"vqa\",\"text\":\"a\",\"box\":[5,5,1,1]}]`, `makes no sense`",
                "SextantMaxNewTokens, `many`, `whole number of at least 1`",
                "SextantMaxNewTokens, `0`, `whole number of at least 1`",
                "SextantTask, `sing`, `known are [caption, chat,`",
            })
    void refusesHeadersItCannotRead(String header, String value, String message) {
        Exchange exchange = send("sextant:caption", PNG, Map.of(header, value));

        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
        assertThat(model.requests()).isEmpty();
    }

    static List<Number> noTokens() {
        return List.of(2.9, 5_000_000_000L, new BigDecimal("2.5"), 0, -1L, Double.NaN, 1e300);
    }

    @ParameterizedTest
    @MethodSource("noTokens")
    void refusesTokensThatAreNoWholeNumberOrTooMany(Number tokens) {
        Exchange exchange = send("sextant:caption", PNG, Map.of(SextantHeaders.MAX_NEW_TOKENS, tokens));

        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("SextantMaxNewTokens must be a whole number of at least 1")
                .hasMessageContaining("was \"" + tokens + "\"");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void takesTokensAsEveryKindOfWholeNumber() {
        List<Object> tokens = List.of(7, 7L, (short) 7, 7.0, new BigDecimal("7.0"), "7", "7".getBytes(UTF_8));
        tokens.forEach(value -> send("sextant:caption", PNG, Map.of(SextantHeaders.MAX_NEW_TOKENS, value)));

        assertThat(model.requests()).hasSize(tokens.size());
        assertThat(model.requests())
                .allSatisfy(
                        request -> assertThat(request.settings().maxNewTokens()).isEqualTo(7));
    }

    @Test
    void refusesAHeaderOfAnotherType() {
        Exchange exchange = send("sextant:caption", PNG, Map.of(SextantHeaders.PROMPT, List.of("a")));

        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Header SextantPrompt must be text");
    }

    @Test
    void refusesAHistoryWithAnEmptyRound() {
        Exchange exchange =
                send("sextant:caption", PNG, Map.of(SextantHeaders.HISTORY, Collections.singletonList(null)));

        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(
                        "Header SextantHistory must be a list of TaskInput.Round, or JSON text, was empty");
    }

    @Test
    void keepsTypedFailuresAsTheExchangesException() {
        assertThat(send("sextant:caption", new byte[] {1, 2, 3}, Map.of()).getException())
                .isInstanceOf(InvalidImageException.class);
        assertThat(send("sextant:caption", "no image", Map.of()).getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("needs an image");
        assertThat(send("sextant:chat?prompt=overload", null, Map.of()).getException())
                .isInstanceOf(ResourceExhaustedException.class);
    }

    @Test
    void asksAgainOnRedeliveryAlthoughTheStreamIsSpent() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ResourceExhaustedException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(0)
                        .onRedelivery(exchange -> exchange.getMessage().setHeader(SextantHeaders.PROMPT, "why"));
                from("direct:busy").streamCache("false").to("sextant:vqa?prompt=overload");
            }
        });

        Exchange exchange = send("direct:busy", new ByteArrayInputStream(PNG), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(model.lastQuestion()).endsWith("why");
        assertThat(model.requests().get(1).images()).hasSize(1);
    }

    @Test
    void asksAgainOnRedeliveryAlthoughTheStreamsOfABatchAreSpent() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ResourceExhaustedException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(0)
                        .onRedelivery(exchange -> exchange.getMessage().setHeader(SextantHeaders.PROMPT, "why"));
                from("direct:busy").streamCache("false").to("sextant:vqa?prompt=overload&output=TEXT");
            }
        });

        Exchange exchange = send(
                "direct:busy",
                List.of(new ByteArrayInputStream(PNG), new ByteArrayInputStream(Images.png(7, 7, 0))),
                Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of("a cat", "a cat"));
        assertThat(model.requests()
                        .subList(model.requests().size() - 2, model.requests().size()))
                .extracting(request -> request.images().get(0).width())
                .containsExactly(20, 7);
    }

    @Test
    void decodesABatchAnewWhereAPartOfItIsReplaced() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:steps")
                        .toV("sextant:caption", null, "first")
                        .process(exchange ->
                                exchange.getMessage().getBody(List.class).set(1, Images.png(9, 9, 0)))
                        .to("sextant:caption");
            }
        });

        Exchange exchange = send("direct:steps", new ArrayList<>(List.of(PNG, Images.png(7, 7, 0))), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(model.requests())
                .extracting(request -> request.images().get(0).width())
                .containsExactly(20, 7, 20, 9);
    }

    @Test
    void takesLimitsFromTheDecoderInTheRegistry() {
        camel.getRegistry()
                .bind("strict", new ImageDecoder(new ImageLimits(1 << 20, 100, 100), OrientationPolicy.UPRIGHT));

        assertThat(send("sextant:caption?decoder=#strict", PNG, Map.of()).getException())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("max-pixels=100");
        assertThat(send("sextant:vqa?prompt=why", PNG, Map.of()).getException())
                .isInstanceOf(InvalidImageException.class);
    }

    @Test
    void samplesWhereATemperatureIsGiven() {
        send(
                "sextant:chat?temperature=0.6&topK=5&topP=0.5&seed=42&repetitionPenalty=1.05&maxNewTokens=9",
                "hi",
                Map.of());

        assertThat(model.requests().get(0).settings().toString())
                .contains(
                        "temperature=0.6", "topK=5", "topP=0.5", "seed=42", "repetitionPenalty=1.05", "maxNewTokens=9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sextant:sing",
                "sextant:caption?maxNewTokens=0",
                "sextant:caption?box=1,2",
                "sextant:chat?seed=1&temperature=-1"
            })
    void refusesToStartWithAnEndpointThatCannotWork(String uri) {
        assertThatThrownBy(() -> camel.getEndpoint(uri).createProducer())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Endpoint sextant:");
    }

    @Test
    void isNoConsumer() {
        assertThatThrownBy(() -> camel.getEndpoint("sextant:caption").createConsumer(exchange -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("to(…)");
    }

    @Test
    void givesItsThreadBackWhileTheModelAnswers() throws Exception {
        List<CompletableFuture<TaskOutcome>> answers = new ArrayList<>();
        camel.getRegistry().bind("slow", new TaskRunner() {
            @Override
            public TaskOutcome run(String task, TaskInput input) {
                throw new AssertionError("nobody waits");
            }

            @Override
            public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
                answers.add(new CompletableFuture<>());
                return answers.get(answers.size() - 1);
            }

            @Override
            public TaskRegistry registry() {
                return runner.registry();
            }
        });
        List<String> ended = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        try (AsyncProducer producer =
                camel.getEndpoint("sextant:caption?runner=#slow&output=TEXT").createAsyncProducer()) {
            producer.start();
            for (String name : List.of("first", "second", "third")) {
                Exchange exchange = new DefaultExchange(camel);
                exchange.getMessage().setBody(PNG);
                exchanges.add(exchange);
                assertThat(producer.process(exchange, isDoneAtOnce -> ended.add(name)))
                        .isFalse();
            }

            answers.get(1).complete(runner.run("caption", TaskInput.about(IMAGE, "")));
            answers.get(2).completeExceptionally(new ResourceExhaustedException("full"));
        }

        assertThat(ended).containsExactly("second", "third");
        assertThat(exchanges.get(1).getMessage().getBody()).isEqualTo("a cat");
        assertThat(exchanges.get(2).getException()).isInstanceOf(ResourceExhaustedException.class);
    }

    @Test
    void servesAsAProcessorToo() throws Exception {
        TaskProcessor processor = new TaskProcessor(
                runner,
                new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT),
                TaskStep.of("identify").withBox(new PixelBox(0, 0, 20, 10)).withOutput(TaskOutput.TEXT));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:bean").process(processor);
            }
        });

        assertThat(send("direct:bean", PNG, Map.of()).getMessage().getBody()).isEqualTo("a cat");
        assertThat(model.lastQuestion()).isEqualTo("[identify] what is this {<0><0><100><100>}");
    }

    /** What the file and FTP components send; Camel converts it through its body. */
    private record Wrapped<T>(T file, Object content) implements WrappedFile<T> {
        @Override
        public T getFile() {
            return file;
        }

        @Override
        public Object getBody() {
            return content;
        }
    }
}
