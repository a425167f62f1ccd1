package io.sextant.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRegistries;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The Kamelets and route templates of the component, with Camel's own Kafka and S3 components, a broker and a store. */
class KameletsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        camel.getRegistry().bind("runner", new ModelTaskRunner(ScriptedModel.describing(), TaskRegistries.discover()));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void answersImagesOfATopic() throws Exception {
        try (KafkaBroker broker = KafkaBroker.prepare(folder).start()) {
            camel.getComponent("kafka", KafkaComponent.class).getConfiguration().setAutoOffsetReset("earliest");
            broker.createTopic("images", 1);
            broker.send("images", "a", TestImages.jpeg(1));
            answers("kamelet:sextant-kafka-source?topic=images&brokers=" + broker.address() + "&task=caption");
            camel.stop();
        }
    }

    @Test
    void theTemplateWritesTheAnswersOfATopicToAnother() throws Exception {
        try (KafkaBroker broker = KafkaBroker.prepare(folder).start()) {
            KafkaComponent kafka = camel.getComponent("kafka", KafkaComponent.class);
            kafka.getConfiguration().setBrokers(broker.address());
            kafka.getConfiguration().setAutoOffsetReset("earliest");
            broker.createTopic("images", 1);
            broker.createTopic("results", 1);
            broker.send("images", "17", TestImages.jpeg(1));
            template("sextant-kafka")
                    .parameter("topic", "images")
                    .parameter("resultTopic", "results")
                    .add();

            List<ConsumerRecord<byte[], byte[]>> results = broker.read("results", 1);

            assertThat(new String(results.get(0).value(), UTF_8)).contains("\"task\":\"caption\"", "an image of ");
            assertThat(new String(results.get(0).key(), UTF_8)).isEqualTo("17");
            camel.stop();
        }
    }

    @Test
    void answersImagesOfABucket() throws Exception {
        try (S3Server s3 = S3Server.prepare(folder).start();
                S3Client client = client(s3)) {
            camel.getComponent("aws2-s3", AWS2S3Component.class)
                    .getConfiguration()
                    .setAmazonS3Client(client);
            s3.createBucket("camera");
            s3.put("camera", "in/a.jpg", TestImages.jpeg(1));
            answers("kamelet:sextant-s3-source?bucket=camera&prefix=in/&task=caption");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(s3.keys("camera")).isEmpty());
            camel.stop();
        }
    }

    @Test
    void theTemplateWritesTheAnswersOfABucketToAnother() throws Exception {
        try (S3Server s3 = S3Server.prepare(folder).start();
                S3Client client = client(s3)) {
            camel.getComponent("aws2-s3", AWS2S3Component.class)
                    .getConfiguration()
                    .setAmazonS3Client(client);
            s3.createBucket("camera");
            s3.createBucket("results");
            s3.put("camera", "in/a.jpg", TestImages.jpeg(1));
            template("sextant-s3")
                    .parameter("bucket", "camera")
                    .parameter("resultBucket", "results")
                    .add();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(s3.keys("results")).containsExactly("in/a.jpg.json"));
            assertThat(new String(s3.get("results", "in/a.jpg.json"), UTF_8)).contains("an image of ");
            camel.stop();
        }
    }

    /** Waits for an answer about one image. */
    private void answers(String kamelet) throws Exception {
        MockEndpoint answers = camel.getEndpoint("mock:answers", MockEndpoint.class);
        answers.expectedMessageCount(1);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(kamelet).to(answers);
            }
        });

        answers.setResultWaitTime(PATIENCE.toMillis());
        answers.assertIsSatisfied();
        assertThat(answers.getExchanges().get(0).getMessage().getBody(String.class))
                .contains("\"task\":\"caption\"", "an image of ");
    }

    private TemplatedRouteBuilder template(String name) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel)
                        .resolveResource("classpath:META-INF/sextant/route-templates.yaml"));
        return TemplatedRouteBuilder.builder(camel, name);
    }

    private static S3Client client(S3Server s3) {
        return S3Client.builder()
                .endpointOverride(URI.create(s3.address()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
                .build();
    }
}
