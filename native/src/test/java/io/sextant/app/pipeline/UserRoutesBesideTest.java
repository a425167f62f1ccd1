package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sextant.app.demo.DemoImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes of a user's own beside a pipeline: both work, on one model. */
@QuarkusTest
@TestProfile(UserRoutesBesideTest.WithPipeline.class)
class UserRoutesBesideTest {
    @ConfigProperty(name = ApplicationProfile.FOLDER)
    Path folder;

    /** The routes of files, and a pipeline in the same folder. */
    public static final class WithPipeline extends UserRoutesProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            Path folder = Path.of(overrides.getOrDefault(ApplicationProfile.FOLDER, ""));
            try {
                Files.createDirectories(folder.resolve("in-pipeline"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            overrides.put("sextant.pipelines.beside.from", "file:" + folder.resolve("in-pipeline"));
            overrides.put("sextant.pipelines.beside.to", "file:" + folder.resolve("out-pipeline"));
            overrides.put("sextant.pipelines.beside.settle", "100ms");
            overrides.put("sextant.pipelines.beside.steps[0].task", "caption");
            return overrides;
        }
    }

    @ParameterizedTest
    @CsvSource({"yaml, caption, a.jpg.json", "xml, detection, a.jpg.json", "pipeline, caption, a.jpg.caption.json"})
    void runsBoth(String kind, String task, String name) throws Exception {
        DemoImages.drop("boats.jpg", folder.resolve("in-" + kind + "/a.jpg"));

        Path result = folder.resolve("out-" + kind + "/" + name);
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(result) && Files.size(result) > 0);
        assertThat(new ObjectMapper().readTree(result.toFile()).at("/task").asText())
                .isEqualTo(task);
    }
}
