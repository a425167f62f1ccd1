package com.example.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** The task in a YAML route, answered by the embedded model. */
class InventoryRouteTest {
    @Test
    void findsEachThingOfTheListAndLooksAtItAlone() throws Exception {
        byte[] image;
        try (InputStream stream = InventoryRouteTest.class.getResourceAsStream("/elephants.jpg")) {
            image = stream.readAllBytes();
        }
        Main main = new Main();
        main.addInitialProperty("camel.main.routes-include-pattern", "classpath:camel/inventory.yaml");
        main.addInitialProperty("camel.component.sextant.device", "cpu");
        main.start();
        try {
            Map<?, ?> document = main.getCamelTemplate()
                    .requestBodyAndHeader("direct:inventory", image, "SextantPrompt", "elephant, camera", Map.class);

            assertThat(document.get("text")).asString().contains("elephant: ", "camera: ");
            Map<?, ?> result = (Map<?, ?>) ((Map<?, ?>) document.get("result")).get("object");
            assertThat((List<?>) result.get("items")).hasSizeGreaterThanOrEqualTo(2);
        } finally {
            main.stop();
        }
    }
}
