package io.sextant.tasks.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageFormat;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message may bring, and what it gets back. */
class BodiesAndOutputsTest {
    private static final byte[] PNG = Images.png(20, 10, 0x336699);
    private static final String TEXT = Base64.getMimeEncoder().encodeToString(PNG);

    private final FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("a cat");
    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.getRegistry().bind("runner", new ModelTaskRunner(model, TaskRegistries.discover()));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange send(String uri, @Nullable Object body) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        try (var template = camel.createProducerTemplate()) {
            return template.send(uri, exchange);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TaskOutcome.ImageReference image(Object outcome) {
        return Objects.requireNonNull(((TaskOutcome) outcome).image());
    }

    @Test
    void readsNoMoreOfATextThanAnImageWithinTheLimitIs() {
        ExchangeImages images = new ExchangeImages(
                new ImageDecoder(new ImageLimits(1000, 1_000_000, 1000), OrientationPolicy.UPRIGHT), true);
        ByteArrayInputStream endless =
                new ByteArrayInputStream("A".repeat(1_000_000).getBytes(UTF_8));
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(endless);

        assertThatThrownBy(() -> images.image(exchange))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("sextant.image.max-bytes=1000");

        assertThat(endless.available()).isGreaterThan(990_000);
    }

    @Test
    void readsATextOfAnImageAsLargeAsTheLimitWithItsLineBreaks() {
        ExchangeImages images = new ExchangeImages(
                new ImageDecoder(new ImageLimits(PNG.length, 1_000_000, 1000), OrientationPolicy.UPRIGHT), true);
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(new ByteArrayInputStream(TEXT.getBytes(UTF_8)));

        assertThat(images.image(exchange)).isNotNull();
    }

    @Test
    void takesAnImageOfJava() {
        Exchange exchange =
                send("sextant:caption?output=outcome", new BufferedImage(30, 8, BufferedImage.TYPE_INT_ARGB));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(TaskOutcome.class).image())
                .extracting(TaskOutcome.ImageReference::width, TaskOutcome.ImageReference::height)
                .containsExactly(30, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "data", "bytes", "stream"})
    void takesImagesAsTextWhereTheOptionSaysSo(String kind) {
        Object body = switch (kind) {
            case "text" -> TEXT;
            case "data" -> "data:image/png;base64," + TEXT;
            case "bytes" -> TEXT.getBytes(UTF_8);
            default -> new ByteArrayInputStream(TEXT.getBytes(UTF_8));
        };

        assertThat(send("sextant:caption?base64=true", body).getException()).isNull();
        assertThat(model.requests().get(0).images().get(0).width()).isEqualTo(20);
    }

    @Test
    void saysWhatIsWrongWithATextThatIsNoImage() {
        assertThat(send("sextant:caption?base64=true", "not an image!").getException())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("is no Base64");
    }

    @Test
    void answersAListAsABatchInItsOrder() {
        byte[] other = Images.png(7, 7, 0);
        for (Object body : List.of(List.of(PNG, other), new Object[] {PNG, other})) {
            Exchange exchange = send("sextant:caption?output=OUTCOME", body);

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody(List.class))
                    .extracting(outcome -> image(outcome).width())
                    .containsExactly(20, 7);
            assertThat(exchange.getMessage().getHeaders())
                    .containsEntry(SextantHeaders.RESULT_TASK, "caption")
                    .doesNotContainKey(SextantHeaders.RESULT_ID);
        }
    }

    @Test
    void writesABatchAsOneJsonArray() throws IOException {
        Exchange exchange = send("sextant:caption", List.of(PNG, new ByteArrayInputStream(PNG)));

        var array = new com.fasterxml.jackson.databind.json.JsonMapper()
                .readTree(exchange.getMessage().getBody(String.class));
        assertThat(array)
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.path("task").asText()).isEqualTo("caption"));
        assertThat(send("sextant:caption", List.of()).getMessage().getBody()).isEqualTo("[]");
    }

    @Test
    void takesTheBodiesOfExchangesThatAnAggregatorGathered() {
        Exchange gathered = new DefaultExchange(camel);
        gathered.getMessage().setBody(PNG);
        gathered.getMessage().setHeader(SextantHeaders.IMAGE_NAME, "first.png");

        Exchange exchange = send("sextant:caption?output=OUTCOME", List.of(gathered, PNG));

        assertThat(exchange.getMessage().getBody(List.class))
                .extracting(outcome -> image(outcome).name())
                .first()
                .isEqualTo("first.png/1");
    }

    @Test
    void namesThePartOfABatchThatIsNoImage() {
        assertThat(send("sextant:caption", List.of(PNG, new Date(0))).getException())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("Part 2 of the body's list is a java.util.Date")
                .hasMessageContaining("send bytes");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void namesThePartOfABatchThatIsEmpty() {
        for (Object body : List.of(Arrays.asList(PNG, null), new Object[] {PNG, null})) {
            assertThat(send("sextant:caption", body).getException())
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContaining("Part 2 of the body's list is empty, which is no image")
                    .hasMessageContaining("send bytes");
        }
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void tellsABodyThatIsNoImageByItsClass() {
        for (String uri : List.of("sextant:caption", "sextant:chat?prompt=why")) {
            assertThat(send(uri, Set.of().iterator()).getException())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the body is a java.util.")
                    .hasMessageContaining("send bytes");
        }
        assertThat(send("sextant:caption", TEXT).getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("a text of " + TEXT.length() + " characters")
                .hasMessageContaining("base64=true")
                .hasMessageNotContaining(TEXT.substring(0, 10));
        assertThat(send("sextant:caption", null).getException()).hasMessageContaining("needs an image");
    }

    @Test
    @SuppressWarnings("unchecked") // Asked for as a map.
    void leavesAMapForCamelsLanguages() {
        Map<String, Object> document =
                send("sextant:caption?output=MAP", PNG).getMessage().getBody(Map.class);

        assertThat(document).containsEntry("task", "caption");
        assertThat((Map<String, Object>) document.get("result")).containsEntry("text", "a cat");
    }

    @Test
    void drawsTheAnswerOnItsImage() {
        Exchange exchange = send("sextant:detection?prompt=cat&output=IMAGE", PNG);

        byte[] drawn = exchange.getMessage().getBody(byte[].class);
        assertThat(ImageFormat.of(drawn)).contains(ImageFormat.PNG);
        assertThat(drawn).isNotEqualTo(PNG);
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/png");
        assertThat(send("sextant:detection?prompt=cat&output=IMAGE", List.of(PNG, PNG))
                        .getMessage()
                        .getBody(List.class))
                .hasSize(2);
        assertThat(send("sextant:chat?prompt=hi&output=IMAGE", null).getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("choose another output");
    }

    @ParameterizedTest
    @CsvSource({"TEXT, text/plain", "JSON, application/json"})
    void saysWhatKindOfTextItLeaves(String output, String type) {
        assertThat(send("sextant:caption?output=" + output, PNG).getMessage().getHeader(Exchange.CONTENT_TYPE))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OUTCOME", "MAP"})
    void leavesNoMediaTypeOfTheImageOnWhatIsNone(String output) throws IOException {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(PNG);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "image/png");
        try (var template = camel.createProducerTemplate()) {
            template.send("sextant:caption?output=" + output, exchange);
        }

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.CONTENT_TYPE);
    }

    @Test
    void convertsAnOutcomeWhereverADocumentIsWanted() {
        TaskOutcome outcome =
                send("sextant:caption?output=OUTCOME", PNG).getMessage().getBody(TaskOutcome.class);
        TypeConverter converter = camel.getTypeConverter();

        assertThat(converter.convertTo(String.class, outcome)).startsWith("{\"schema\":\"sextant-result-v1\"");
        assertThat(converter.convertTo(byte[].class, outcome))
                .isEqualTo(converter.convertTo(String.class, outcome).getBytes(UTF_8));
        assertThat(converter.convertTo(Map.class, outcome)).containsEntry("task", "caption");
        assertThat(converter.convertTo(PixelBox.class, "1,2,3,4")).isEqualTo(new PixelBox(1, 2, 3, 4));
    }
}
