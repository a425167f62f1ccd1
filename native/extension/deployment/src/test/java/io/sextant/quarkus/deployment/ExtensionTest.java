package io.sextant.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.sextant.core.VisionLanguageModel;
import io.sextant.quarkus.OpenModelMeters;
import io.sextant.tasks.camel.SextantModel;
import io.sextant.tasks.camel.SextantModels;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.camel.CamelContext;
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

    @Inject
    CamelContext camel;

    @Inject
    OpenModelMeters meters;

    /** Found by Camel in the application. */
    public static final class CaptionRoute extends RouteBuilder {
        @Override
        public void configure() {
            SextantModel late = new SextantModel();
            late.setMaxSequences(8);
            getCamelContext().getRegistry().bind("late", late);
            from("direct:caption").to("sextant:caption?output=TEXT");
            from("direct:late").to("sextant:caption?output=TEXT&model=#late&lazyStartProducer=true");
        }
    }

    @Test
    void answersARouteWithTheEmbeddedModel() {
        assertThat(producer.requestBody("direct:caption", black(), String.class))
                .isNotBlank();
    }

    private static BufferedImage black() {
        return new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
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
    void countsAModelFromItsFirstMessageOnWhereThatOpensIt() {
        assertThat(producer.requestBody("direct:late", black(), String.class)).isNotBlank();

        assertThat(registry.find("sextant.model").tag("model", "1").gauge()).isNotNull();
    }

    @Test
    void metersGoWithTheirModel() {
        VisionLanguageModel model = SextantModels.openIn(camel).get(0);
        meters.closed(model);
        assertThat(registry.find("sextant.model").tag("model", "0").meters()).isEmpty();
        assertThat(registry.find("sextant.model.tokens").tag("model", "0").meters())
                .isEmpty();

        meters.opened(model);
        assertThat(registry.get("sextant.model").tag("model", "0").gauge().value())
                .isOne();
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
