package io.sextant.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application with the extension, a route and nothing else. */
final class ExtensionTest {
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION =
            new QuarkusUnitTest().withApplicationRoot(archive -> archive.addClasses(CaptionRoute.class));

    @TestHTTPResource
    URI address;

    @Inject
    ProducerTemplate producer;

    @Inject
    MeterRegistry registry;

    /** Found by Camel in the application. */
    public static final class CaptionRoute extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:caption").to("sextant:caption?output=TEXT");
        }
    }

    @Test
    void answersARouteWithTheEmbeddedModel() {
        BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        assertThat(producer.requestBody("direct:caption", grey, String.class)).isNotBlank();
    }

    @Test
    void countsTheModelThatIsOpenSinceTheStart() {
        assertThat(registry.get("sextant.model").tag("model", "0").gauge().value())
                .isOne();
        assertThat(registry.get("sextant.model.requests.ended")
                        .tags("model", "0", "outcome", "failed")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void tellsTheModelsHealthAmongTheApplications() throws Exception {
        HttpRequest ready =
                HttpRequest.newBuilder(address.resolve("/q/health/ready")).build();
        String health = HttpClient.newHttpClient()
                .send(ready, HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(health).contains("\"sextant-models\"", "\"model.0.name\": \"sextant-embedded\"");
    }
}
