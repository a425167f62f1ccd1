package io.sextant.app.pipeline;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A pipeline with two steps on a tiny random model, all in one temporary folder. */
public final class ApplicationProfile implements QuarkusTestProfile {
    /** Where the test finds the folder; set for the test and the application alike. */
    public static final String FOLDER = "io.sextant.test.folder";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "application-test")
                    .toRealPath();
            RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
            Files.createDirectories(folder.resolve("in"));
            return Map.of(
                    FOLDER,
                    folder.toString(),
                    "quarkus.http.test-port",
                    "0",
                    "sextant.model.path",
                    folder.resolve("model").toString(),
                    "sextant.generation.max-new-tokens",
                    "8",
                    "sextant.pipelines.shop.from",
                    "file:" + folder.resolve("in"),
                    "sextant.pipelines.shop.to",
                    "file:" + folder.resolve("out"),
                    "sextant.pipelines.shop.settle",
                    "100ms",
                    "sextant.pipelines.shop.steps[0].task",
                    "caption",
                    "sextant.pipelines.shop.steps[1].task",
                    "detection",
                    "sextant.pipelines.shop.steps[1].prompt",
                    "ball");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
