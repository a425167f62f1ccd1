package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApplicationProfile.class)
class ApplicationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @ConfigProperty(name = ApplicationProfile.FOLDER)
    Path folder;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @Test
    void answersEveryStepAboutADroppedImage() throws Exception {
        DemoImages.drop("boats.jpg", folder.resolve("in/a.png"));
        DemoImages.drop("owls.png", folder.resolve("in/b.png"));
        for (String result : new String[] {"a.png.caption", "a.png.detection", "b.png.caption", "b.png.detection"}) {
            Path file = folder.resolve("out/" + result + ".json");
            await().atMost(PATIENCE).until(() -> Files.exists(file));
            JsonNode document = new ObjectMapper().readTree(file.toFile());
            assertThat(result).endsWith(document.at("/task").asText());
            assertThat(document.at("/image/width").asInt()).isEqualTo(result.startsWith("a") ? 781 : 243);
        }
    }

    @Test
    void movesABadImageAsideAndGoesOn() throws Exception {
        Files.writeString(folder.resolve("in/bad.jpg"), "no image");
        await().atMost(PATIENCE).until(() -> !Files.exists(folder.resolve("in/bad.jpg")));
        DemoImages.drop("cakes.jpg", folder.resolve("in/good.png"));
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("out/good.png.detection.json")));
    }

    /** Also while a folder has not been looked through yet, which with many images in it takes long. */
    @Test
    void isReadyWithTheModelAndTheRoutes() throws Exception {
        Instant asked = Instant.now();
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode health = new ObjectMapper().readTree(response.body());
        assertThat(health.at("/status").asText()).isEqualTo("UP");
        assertThat(health.findValuesAsText("name"))
                .contains("sextant-model", "sextant-pipeline-shop", "sextant-pipeline-later");
        assertThat(response.body()).contains("\"device\"").contains("camel");
        assertThat(health.at("/checks"))
                .filteredOn(check -> check.path("name").asText().startsWith("sextant-"))
                .hasSize(3)
                .allSatisfy(check -> assertThat(
                                Instant.parse(check.at("/data/since").asText()))
                        .as("it was so before somebody asked")
                        .isBefore(asked));
    }
}
