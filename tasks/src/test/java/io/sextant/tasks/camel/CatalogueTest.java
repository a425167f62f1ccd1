package io.sextant.tasks.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Camel's tools learn of the component from its jar. */
class CatalogueTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final RuntimeCamelCatalog catalogue =
            camel.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void isInTheListOfItsJar() throws Exception {
        Properties list = new Properties();
        try (InputStream file = SextantComponent.class
                .getClassLoader()
                .getResourceAsStream("META-INF/services/org/apache/camel/component.properties")) {
            assertThat(file).isNotNull();
            list.load(file);
        }
        assertThat(list)
                .containsEntry("components", "sextant")
                .containsEntry("groupId", "io.sextant")
                .containsEntry("artifactId", "sextant-tasks");
    }

    @Test
    void isDescribedByTheRuntimesCatalogue() {
        camel.getComponent("sextant");

        assertThat(catalogue.componentJSonSchema("sextant"))
                .contains("\"modelPath\"", "\"tasksPath\"", "SextantResultId");
    }

    @Test
    void takesAUriApartAndPutsItTogether() throws Exception {
        Map<String, String> parts = catalogue.endpointProperties("sextant:detection?prompt=cup&output=TEXT");

        assertThat(parts)
                .containsEntry("task", "detection")
                .containsEntry("prompt", "cup")
                .containsEntry("output", "TEXT");
        assertThat(catalogue.asEndpointUri("sextant", parts, false))
                .startsWith("sextant:detection?")
                .contains("prompt=cup");
    }

    @Test
    void tellsOptionsThatCannotBe() {
        EndpointValidationResult wrong = catalogue.validateProperties(
                "sextant",
                Map.of(
                        "task",
                        "vqa",
                        "promt",
                        "why",
                        "output",
                        "PICTURE",
                        "maxNewTokens",
                        "many",
                        "base64",
                        "perhaps"));

        assertThat(wrong.getUnknown()).containsExactly("promt");
        assertThat(wrong.getInvalidEnum()).containsKey("output");
        assertThat(wrong.getInvalidInteger()).containsKey("maxNewTokens");
        assertThat(wrong.getInvalidBoolean()).containsKey("base64");
        assertThat(catalogue
                        .validateProperties("sextant", Map.of("prompt", "why"))
                        .getRequired())
                .containsExactly("task");
        assertThat(catalogue
                        .validateProperties("sextant", Map.of("task", "vqa", "prompt", "why", "maxNewTokens", "3"))
                        .isSuccess())
                .isTrue();
    }
}
