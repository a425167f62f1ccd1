package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.core.GenerationSettings;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option's default, type and effect are those that the catalogue says. */
class CatalogueOptionsTest {
    private static final TaskRunner RUNNER =
            new ModelTaskRunner(FakeVisionLanguageModel.answering("a cat"), TaskRegistries.discover());
    private static final Map<String, Object> HEADERS = Map.of(
            "SextantTask", "caption",
            "SextantPrompt", "another?",
            "SextantBox", "1,1,5,5",
            "SextantHistory", "[{\"task\": \"vqa\", \"prompt\": \"one?\", \"answer\": \"two\"}]",
            "SextantMaxNewTokens", 3,
            "SextantImageName", "another.png");

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    static Stream<String> ofTheEndpoint() {
        return options("properties", "task");
    }

    static Stream<String> ofTheComponent() {
        return options("componentProperties", "");
    }

    @ParameterizedTest
    @MethodSource("ofTheEndpoint")
    void anEndpointHasTheDefaultAndTakesAnother(String name) {
        JsonNode option = catalogue().at("/properties/" + name);
        SextantEndpointConfigurer configurer = new SextantEndpointConfigurer();
        SextantEndpoint usual = camel.getEndpoint("sextant:vqa", SextantEndpoint.class);
        Object other = other(option);
        camel.getRegistry().bind("other", other);
        SextantEndpoint set = camel.getEndpoint(
                "sextant:vqa?" + name + "=" + (isBean(option) ? "#other" : other), SextantEndpoint.class);

        assertHolds(configurer, usual, name, option, set, other);
    }

    @ParameterizedTest
    @MethodSource("ofTheComponent")
    void theComponentHasTheDefaultAndTakesAnother(String name) {
        JsonNode option = catalogue().at("/componentProperties/" + name);
        SextantComponentConfigurer configurer = new SextantComponentConfigurer();
        SextantComponent usual = new SextantComponent();
        SextantComponent set = new SextantComponent();
        set.setCamelContext(camel);
        Object other = other(option);

        assertThat(((PropertyConfigurer) configurer).configure(camel, set, name, other, false))
                .isTrue();

        assertHolds(configurer, usual, name, option, set, other);
    }

    private static void assertHolds(
            PropertyConfigurerGetter configurer, Object usual, String name, JsonNode option, Object set, Object other) {
        Object before = configurer.getOptionValue(usual, name, false);
        Object after = configurer.getOptionValue(set, name, false);

        assertThat(Objects.toString(before, ""))
                .isEqualTo(option.path("defaultValue").asText(""));
        assertThat(configurer.getOptionType(name, false).getName())
                .isEqualTo(option.get("javaType").asText());
        assertThat(String.valueOf(after)).isEqualTo(String.valueOf(other)).isNotEqualTo(String.valueOf(before));
    }

    @Test
    void anAnswerHasTheHeadersThatAreSaidToBeWritten() throws Exception {
        Map<String, Object> written =
                new HashMap<>(answer(Map.of()).getMessage().getHeaders());
        written.remove(Exchange.CONTENT_TYPE);

        assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(headers("Written: "));
        assertThat(written)
                .allSatisfy((name, value) -> assertThat(value.getClass().getSimpleName())
                        .isEqualTo(
                                catalogue().at("/headers/" + name + "/javaType").asText()));
    }

    @Test
    void eachHeaderThatIsSaidToBeReadMakesADifference() throws Exception {
        assertThat(HEADERS.keySet()).containsExactlyInAnyOrderElementsOf(headers("Read: "));
        String plain = told(answer(Map.of()));
        for (Map.Entry<String, Object> header : HEADERS.entrySet()) {
            assertThat(header.getValue().getClass().getSimpleName())
                    .isEqualTo(catalogue()
                            .at("/headers/" + header.getKey() + "/javaType")
                            .asText());
            assertThat(told(answer(Map.of(header.getKey(), header.getValue()))))
                    .as(header.getKey())
                    .isNotEqualTo(plain);
        }
    }

    private Exchange answer(Map<String, Object> headers) throws IOException {
        camel.getRegistry().bind("runner", RUNNER);
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            return template.request("sextant:vqa?runner=#runner&prompt=one?&timings=false", exchange -> {
                exchange.getMessage().setBody(Images.png(20, 10, 0x336699));
                exchange.getMessage().setHeaders(new HashMap<>(headers));
            });
        }
    }

    /** The document, or why there is none. */
    private static String told(Exchange exchange) {
        return exchange.getMessage().getBody(String.class) + exchange.getException();
    }

    private static List<String> headers(String kind) {
        return catalogue().get("headers").properties().stream()
                .filter(header -> header.getValue().get("description").asText().startsWith(kind))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isBean(JsonNode option) {
        return option.get("type").asText().equals("object");
    }

    /** Another value than the default. */
    private static Object other(JsonNode option) {
        String usual = option.path("defaultValue").asText("");
        return switch (option.get("type").asText()) {
            case "boolean" -> !Boolean.parseBoolean(usual);
            case "integer" -> Integer.parseInt(usual) + 1;
            case "number" -> Double.parseDouble(usual) + 0.5;
            case "enum" -> option.at("/enum/1").asText();
            default -> value(option.get("javaType").asText());
        };
    }

    private static Object value(String javaType) {
        return switch (javaType) {
            case "java.lang.String" -> "somewhere";
            case "io.sextant.core.GenerationSettings" -> GenerationSettings.DEFAULT.withMaxNewTokens(7);
            case "io.sextant.core.image.ImageDecoder" ->
                new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);
            default -> RUNNER;
        };
    }

    private static Stream<String> options(String list, String leftOut) {
        return catalogue().get(list).properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(leftOut));
    }

    private static JsonNode catalogue() {
        try (InputStream in = SextantComponent.class
                .getClassLoader()
                .getResourceAsStream("META-INF/io/sextant/tasks/camel/sextant.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
