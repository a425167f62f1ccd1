package io.sextant.tasks.camel;

import static io.sextant.tasks.camel.SextantEndpointBuilder.sextant;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Endpoints written in Java with a method for each option. {@code -Dsextant.schemas.update=true} writes the builder again. */
class EndpointDslTest {
    private static final Path BUILDER = Path.of(
            System.getProperty("sextant.top", ".."),
            "tasks/src/generated/java/io/sextant/tasks/camel/SextantEndpointBuilder.java");

    @Test
    void hasAMethodForEachOptionOfTheCatalogue() throws Exception {
        String source;
        try (InputStream catalogue = SextantComponent.class
                .getClassLoader()
                .getResourceAsStream("META-INF/io/sextant/tasks/camel/sextant.json")) {
            source = EndpointDsl.source(new JsonMapper().readTree(Objects.requireNonNull(catalogue)));
        }
        if (Boolean.getBoolean("sextant.schemas.update")) {
            Files.writeString(BUILDER, source);
        }

        assertThat(BUILDER)
                .as("write it again: mvn test -pl tasks -am -Dtest=EndpointDslTest -Dsextant.schemas.update=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(source);
    }

    @Test
    void isAskedAsTheSameUriIs() throws Exception {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("a cat");
        try (DefaultCamelContext camel = new DefaultCamelContext();
                ProducerTemplate template = camel.createProducerTemplate()) {
            camel.getRegistry().bind("large", new ModelTaskRunner(model, TaskRegistries.discover()));
            camel.addRoutes(new EndpointRouteBuilder() {
                @Override
                public void configure() {
                    from(direct("ask"))
                            .to(sextant("vqa")
                                    .runner("#large")
                                    .prompt("what is it?")
                                    .output(TaskOutput.TEXT)
                                    .maxNewTokens(9));
                }
            });
            camel.start();

            assertThat(template.requestBody("direct:ask", Images.png(20, 10, 0x336699), String.class))
                    .isEqualTo("a cat");
            assertThat(model.lastQuestion()).contains("what is it?");
            assertThat(model.requests().get(0).settings().maxNewTokens()).isEqualTo(9);
        }
    }
}
