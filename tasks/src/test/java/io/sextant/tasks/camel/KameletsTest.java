package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The Kamelets and route templates of this jar, run; brokers and stores are stubs, which hold messages in memory. */
class KameletsTest {
    private static final byte[] PNG = Images.png(20, 10, 0x336699);
    private static final int WAIT_MILLIS = 60_000;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("a cat");

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        camel.getRegistry().bind("runner", new ModelTaskRunner(model, TaskRegistries.discover()));
        camel.addComponent("kafka", new StubComponent());
        camel.addComponent("aws2-s3", new StubComponent());
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void theActionAsksAndLeavesTheAnswerInTheBody() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("kamelet:sextant-task-action?task=vqa&prompt=what is it&output=TEXT");
            }
        });

        assertThat(request("direct:ask")).isEqualTo("a cat");
        assertThat(model.lastQuestion()).contains("what is it");
    }

    @ParameterizedTest
    @CsvSource({
        "sextant-kafka-source?topic=images&brokers=localhost:9, kafka:images",
        "sextant-s3-source?bucket=images, aws2-s3:images"
    })
    void aSourceGivesAnAnswerForEachImage(String kamelet, String images) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:" + kamelet + "&task=caption").to("stub:answers");
            }
        });

        send(images, Map.of());

        assertThat(receive("stub:answers").getMessage().getBody(String.class)).contains("\"text\":\"a cat\"");
    }

    @Test
    void theFolderTemplateWritesADocumentBesideEachImage() throws Exception {
        loadTemplates();
        TemplatedRouteBuilder.builder(camel, "sextant-folder")
                .parameter("inbox", folder.resolve("inbox").toString())
                .parameter("results", folder.resolve("results").toString())
                .routeId("folder")
                .add();
        NotifyBuilder handled =
                new NotifyBuilder(camel).fromRoute("folder").whenCompleted(1).create();

        Files.createDirectories(folder.resolve("inbox"));
        Files.write(folder.resolve("inbox/a.png"), PNG);

        assertThat(handled.matches(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(folder.resolve("results/a.png.json")).content().contains("\"task\":\"caption\"");
    }

    @Test
    void theKafkaTemplateKeepsTheKey() throws Exception {
        loadTemplates();
        TemplatedRouteBuilder.builder(camel, "sextant-kafka")
                .parameter("topic", "images")
                .parameter("resultTopic", "answers")
                .parameter("task", "vqa")
                .parameter("prompt", "what is it")
                .add();

        send("kafka:images", Map.of("kafka.KEY", "17"));

        Exchange answer = receive("kafka:answers");
        assertThat(answer.getMessage().getBody(String.class)).contains("\"task\":\"vqa\"", "a cat");
        assertThat(answer.getMessage().getHeader("kafka.KEY")).isEqualTo("17");
    }

    @Test
    void theS3TemplateNamesTheDocumentAsItsImage() throws Exception {
        loadTemplates();
        TemplatedRouteBuilder.builder(camel, "sextant-s3")
                .parameter("bucket", "images")
                .parameter("resultBucket", "answers")
                .add();

        send("aws2-s3:images", Map.of("CamelAwsS3Key", "in/a.png", "CamelAwsS3ContentLength", 9L));

        Exchange answer = receive("aws2-s3:answers");
        assertThat(answer.getMessage().getBody(String.class)).contains("\"task\":\"caption\"");
        assertThat(answer.getMessage().getHeader("CamelAwsS3Key")).isEqualTo("in/a.png.json");
        assertThat(answer.getMessage().getHeader("CamelAwsS3ContentLength")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sextant-task-action", "sextant-kafka-source", "sextant-s3-source"})
    void aKameletIsNamedAsItsFileAndSaysWhatEachPropertyIs(String name) throws IOException {
        String text;
        try (var in = SextantComponent.class.getResourceAsStream("/kamelets/" + name + ".kamelet.yaml")) {
            text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
        Map<String, Map<String, Object>> kamelet = new Yaml().load(text);

        assertThat(kamelet.get("metadata")).containsEntry("name", name);
        assertThat(Objects.requireNonNull(kamelet.get("spec")).get("definition"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .extractingByKey("properties")
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Map.class))
                .allSatisfy((property, said) -> assertThat(said).containsKeys("title", "description", "type"));
    }

    private void loadTemplates() throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel)
                        .resolveResource("classpath:META-INF/sextant/route-templates.yaml"));
    }

    private String request(String uri) throws IOException {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            return template.requestBody(uri, PNG, String.class);
        }
    }

    private void send(String uri, Map<String, Object> headers) throws IOException {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(PNG);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.send(uri, exchange);
        }
    }

    private Exchange receive(String uri) throws IOException {
        try (ConsumerTemplate template = camel.createConsumerTemplate()) {
            Exchange exchange = template.receive(uri, WAIT_MILLIS);
            assertThat(exchange).as(uri).isNotNull();
            return exchange;
        }
    }
}
