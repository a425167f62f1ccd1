package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running program tells, as text and as JSON. */
final class LogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.generation.max-new-tokens=2
                sextant.pipelines.shop.from=file:in
                sextant.pipelines.shop.to=file:out
                sextant.pipelines.shop.settle=50ms
                sextant.pipelines.shop.steps[0].task=caption
                """);
        DemoImages.drop("owls.png", folder.resolve("in/a.png"));
        DemoImages.drop("owls.png", folder.resolve("in/b.png"));
        DemoImages.drop("owls.png", folder.resolve("in/c\nd.png"));
    }

    @Test
    void writesOneJsonObjectALineWithItsValuesInFrontOfTheMessage() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answered(Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"))
                .lines()
                .toList()) {
            lines.add(MAPPER.readTree(line));
        }
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("level").asText()).isIn("INFO", "WARN"));
        assertThat(lines)
                .filteredOn(line -> line.path("message").asText().endsWith("image answered"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.path("message").asText())
                        .contains("pipeline=shop ")
                        .containsPattern("imageKey=(a|b|c\\\\nd)\\.png "));
    }

    @Test
    void keepsANameWithALineEndOnOneLine() throws Exception {
        assertThat(answered(Map.of()).lines())
                .filteredOn(line -> line.endsWith("image answered"))
                .hasSize(3)
                .allMatch(line -> line.contains("imageKey="));
    }

    @Test
    void warnsOnceThatTheEmbeddedModelKnowsDrawnScenes() throws Exception {
        assertThat(warningsOfDrawnScenes(answered(Map.of()))).hasSize(1);
    }

    @Test
    void saysNothingOfDrawnScenesWhereAnotherModelAnswers() throws Exception {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        assertThat(warningsOfDrawnScenes(answered(Map.of("SEXTANT_MODEL_PATH", "model"))))
                .isEmpty();
    }

    private static List<String> warningsOfDrawnScenes(String log) {
        return log.lines()
                .filter(line -> line.contains(" WARN ") && line.contains("drawn scenes"))
                .toList();
    }

    /** What the program wrote until all images were answered and it was stopped. */
    private String answered(Map<String, String> variables) throws Exception {
        try (Program program = Program.start(folder, variables, "run")) {
            await().atMost(PATIENCE)
                    .until(() -> (Files.exists(folder.resolve("out/a.png.caption.json"))
                                    && Files.exists(folder.resolve("out/b.png.caption.json"))
                                    && Files.exists(folder.resolve("out/c\nd.png.caption.json")))
                            || !program.isAlive());
            assertThat(program.isAlive()).as(program.log()).isTrue();
            program.stop();
            return program.log();
        }
    }
}
