package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(UserRoutesProfile.class)
class UserRoutesTest {
    @ConfigProperty(name = ApplicationProfile.FOLDER)
    Path folder;

    @ParameterizedTest
    @CsvSource({"yaml, caption", "xml, detection"})
    void runsRoutesOfFilesOnTheApplicationsModel(String kind, String task) throws Exception {
        DemoImages.drop("boats.jpg", folder.resolve("in-" + kind + "/a.jpg"));

        Path result = folder.resolve("out-" + kind + "/a.jpg.json");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(result) && Files.size(result) > 0);
        assertThat(new ObjectMapper().readTree(result.toFile()).at("/task").asText())
                .isEqualTo(task);
    }
}
