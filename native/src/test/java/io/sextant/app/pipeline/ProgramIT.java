package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program from outside: files in, files out, signals. */
final class ProgramIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int IMAGES = 12;

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("application.properties"), """
                quarkus.http.port=0
                sextant.model.path=model
                sextant.generation.max-new-tokens=200
                sextant.pipelines.shop.from=file:in
                sextant.pipelines.shop.to=file:out
                sextant.pipelines.shop.original=move
                sextant.pipelines.shop.settle=100ms
                sextant.pipelines.shop.draw=true
                sextant.pipelines.shop.steps[0].task=caption
                sextant.pipelines.shop.steps[1].task=detection
                sextant.pipelines.shop.steps[1].prompt=ball
                """);
    }

    @Test
    void losesNothingAndLeavesNothingHalfWrittenWhenKilled() throws Exception {
        for (int i = 0; i < IMAGES; i++) {
            DemoImages.drop(DemoImages.NAMES.get(i % 4), folder.resolve("in/" + i + ".png"));
        }
        int kills = 0;
        for (int wanted = 1; wanted < IMAGES; wanted += 4) {
            int atLeast = wanted;
            try (Program program = Program.start(folder, "run")) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> results().size() >= atLeast || !program.isAlive());
                assertThat(program.isAlive()).as(program.log()).isTrue();
                program.kill();
                kills++;
            }
            assertEveryResultIsWhole();
        }
        try (Program program = Program.start(folder, "run")) {
            await().atMost(PATIENCE).until(() -> results().size() == 2 * IMAGES && inputs().isEmpty());
            program.stop();
        }
        assertThat(kills).isPositive();
        assertEveryResultIsWhole();
        assertThat(results()).hasSize(2 * IMAGES);
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("results and drawings, nothing left over")
                    .hasSize(4 * IMAGES)
                    .allMatch(name -> name.endsWith(".json") || name.endsWith(".png"));
        }
    }

    @Test
    void finishesTheImageAtHandWhenAskedToStop() throws Exception {
        for (int i = 0; i < 4; i++) {
            DemoImages.drop("boats.jpg", folder.resolve("in/" + i + ".png"));
        }
        try (Program program = Program.start(folder, "run")) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !results().isEmpty());
            program.stop();
            assertThat(program.log()).contains("stopped").doesNotContain("ERROR");
        }
        assertEveryResultIsWhole();
        TreeMap<String, Integer> perImage = new TreeMap<>();
        results().forEach(file -> perImage.merge(file.getFileName().toString().split("\\.")[0], 1, Integer::sum));
        assertThat(perImage.values()).as("results per image, of two steps").containsOnly(2);
    }

    @Test
    void stopsAtOnceWithAWrongConfiguration() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                "sextant.pipelines.shop.form=file:in\nsextant.model.path=model\n");
        try (Program program = Program.start(folder, "run")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.log())
                    .contains("sextant.pipelines.shop.form", "from")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void stopsAtOnceWithAModelThatCannotBeUsed() throws Exception {
        Files.delete(folder.resolve("model/eva_vit_g.pth"));
        try (Program program = Program.start(folder, "run")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.log()).contains("eva_vit_g.pth").doesNotContain("\tat ");
        }
    }

    @Test
    void opensNoPortToAnswerAQuestion() throws Exception {
        DemoImages.drop("owls.png", folder.resolve("a.png"));
        Path port = folder.resolve("port.properties");
        // A port that only root may open, on an address nobody has: starting the server would fail.
        Files.writeString(port, "quarkus.http.host=203.0.113.1\nquarkus.http.port=1\n");
        try (Program program = Program.start(
                folder, "ask", "a.png", "--config", port.toString(), "--json", "-", "--max-new-tokens", "4")) {
            assertThat(program.exitCode()).as(program.log()).isZero();
            assertThat(new ObjectMapper().readTree(program.log()).at("/task").asText())
                    .isEqualTo("caption");
        }
    }

    private List<Path> results() throws IOException {
        return list(folder.resolve("out"), ".json");
    }

    private List<Path> inputs() throws IOException {
        return list(folder.resolve("in"), ".png");
    }

    private void assertEveryResultIsWhole() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (Path file : results()) {
            assertThat(mapper.readTree(file.toFile()).at("/id").asText())
                    .as(file.toString())
                    .isNotEmpty();
        }
    }

    private static List<Path> list(Path directory, String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
        }
    }
}
