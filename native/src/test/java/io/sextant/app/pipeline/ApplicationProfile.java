package io.sextant.app.pipeline;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** On a tiny random model, all in one temporary folder: a pipeline with two steps, and one whose folder is first looked into in an hour. */
public class ApplicationProfile implements QuarkusTestProfile {
    /** Where the test finds the folder; set for the test and the application alike. */
    public static final String FOLDER = "io.sextant.test.folder";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "application-test")
                    .toRealPath();
            RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
            Files.createDirectories(folder.resolve("in"));
            Files.createDirectories(folder.resolve("later"));
            return Map.ofEntries(
                    Map.entry(FOLDER, folder.toString()),
                    Map.entry("quarkus.http.test-port", "0"),
                    Map.entry("sextant.model.path", folder.resolve("model").toString()),
                    Map.entry("sextant.generation.max-new-tokens", "8"),
                    Map.entry("sextant.pipelines.shop.from", "file:" + folder.resolve("in")),
                    Map.entry("sextant.pipelines.shop.to", "file:" + folder.resolve("out")),
                    Map.entry("sextant.pipelines.shop.settle", "100ms"),
                    Map.entry("sextant.pipelines.shop.steps[0].task", "caption"),
                    Map.entry("sextant.pipelines.shop.steps[1].task", "detection"),
                    Map.entry("sextant.pipelines.shop.steps[1].prompt", "ball"),
                    Map.entry(
                            "sextant.pipelines.later.from",
                            "file:" + folder.resolve("later") + "?initialDelay=3600000"),
                    Map.entry("sextant.pipelines.later.steps[0].task", "caption"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
