package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sextant.app.AboutTheJar;
import io.sextant.app.PackagedProgram;
import io.sextant.app.demo.DemoImages;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged program starts: environment, locale, home, wrong values. */
final class StartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "Gr\u00fc\u00dfe-\u65e5\u672c.png";
    private static final String PIPELINE = """
            sextant.model.path=model
            sextant.generation.max-new-tokens=4
            quarkus.http.port=0
            sextant.pipelines.my-shop.from=file:in
            sextant.pipelines.my-shop.to=file:out
            sextant.pipelines.my-shop.settle=50ms
            sextant.pipelines.my-shop.steps[0].task=caption
            """;

    @TempDir
    private Path folder;

    private Path properties;

    @BeforeEach
    void configure() throws IOException {
        RandomModel.write(folder.resolve("model"), RandomModelSize.tiny(), 3);
        Files.createDirectories(folder.resolve("in"));
        properties = Files.writeString(folder.resolve("application.properties"), PIPELINE);
    }

    @Test
    void startsAmongTheVariablesOfKubernetesAndTheLaunchers() throws Exception {
        Map<String, String> environment = Map.of(
                "SEXTANT_JAVA_OPTIONS", "-Xmx512m",
                "SEXTANT_SERVICE_HOST", "10.0.0.7",
                "SEXTANT_SERVICE_PORT", "8080",
                "SEXTANT_PORT", "tcp://10.0.0.7:8080",
                "SEXTANT_PORT_8080_TCP_ADDR", "10.0.0.7",
                "SEXTANT_MODLE_PATH", "elsewhere",
                "SEXTANT_PIPELINES_MY_SHOP_TO", "file:other",
                "SEXTANT_PIPELINES_MY_SHOP_STEPS_0__NAME", "words");
        DemoImages.drop("owls.png", folder.resolve("in/a.png"));
        try (Program program = Program.start(folder, environment, "run")) {
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(folder.resolve("other/a.png.words.json")) || !program.isAlive());
            assertThat(program.isAlive()).as(program.log()).isTrue();
            program.stop();
            assertThat(program.log())
                    .contains("SEXTANT_MODLE_PATH", "did you mean SEXTANT_MODEL_PATH")
                    .doesNotContain("SEXTANT_JAVA_OPTIONS", "SEXTANT_SERVICE", "SEXTANT_PORT");
            assertThat(program.log()).contains("image answered", "my-shop", "a.png", "words");
        }
    }

    @Test
    void readsFilesThatBeginWithAByteOrderMark() throws Exception {
        Files.delete(properties);
        Path config = Files.createDirectories(folder.resolve("config")).resolve("application.properties");
        for (Path file : List.of(properties, config, folder.resolve("mine.properties"))) {
            Files.writeString(file, "\uFEFF" + PIPELINE);
            try (Program program = file.endsWith("mine.properties")
                    ? Program.start(folder, "run", "--config", file.toString())
                    : Program.start(folder, "run")) {
                await().atMost(PATIENCE).until(() -> program.log().contains("pipeline ready") || !program.isAlive());
                assertThat(program.log()).as(file.toString()).contains("pipeline ready");
                assertThat(program.log()).as("the model of the first line").doesNotContain("sextant-embedded");
                assertThat(program.log()).as("nothing ends at a start").doesNotContain("shutting down", "shutdown in");
                program.stop();
            }
            Files.delete(file);
        }
    }

    @Test
    void tellsEverythingThatIsWrongBeforeAModelIsOpened() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(properties, """
                    sextant.model.path=there-is-no-model-here
                    sextant.image.max-side=wide
                    sextant.tasks.daylight.identifier=vqa
                    sextant.tasks.daylight.shape=round
                    sextant.tasks.detection.loudness=11
                    sextant.plugins.path=no-plugins
                    sextant.plugins.tasks=no-tasks.yaml
                    sextant.pipelines.one.from=file:in
                    sextant.pipelines.one.draw=maybe
                    sextant.pipelines.one.settle=soon
                    sextant.pipelines.one.steps[0].task=caption
                    sextant.pipelines.two.from=file:nowhere
                    sextant.pipelines.two.to=gopher:x
                    sextant.pipelines.two.steps[0].task=vqa
                    sextant.pipelines.two.max-attempts=-1
                    sextant.pipelines.two.deadline=0s
                    sextant.pipelines.two.forward-headers=ce_id
                    sextant.pipelines.three.from=kafka:topic?brokers=localhost:9092&workers=0
                    sextant.pipelines.three.steps[0].task=caption
                    sextant.pipelines.three.steps[0].box=1,2
                    sextant.pipelines.four.from=s3:bucket
                    sextant.pipelines.four.steps[0].task=captoin
                    sextant.s3.endpoint=no url
                    quarkus.http.port=%d
                    """.formatted(taken.getLocalPort()));
            for (String[] arguments : List.of(new String[] {"run", "--check"}, new String[] {"run"})) {
                try (Program program = Program.start(folder, arguments)) {
                    assertThat(program.exitCode()).isEqualTo(2);
                    assertThat(program.log())
                            .contains(
                                    "sextant.image.max-side=wide",
                                    "sextant.tasks.\"daylight\".shape: \"round\"",
                                    "sextant.tasks.\"detection\".loudness",
                                    "sextant.plugins.path names no-plugins",
                                    "sextant.plugins.tasks: no-tasks.yaml",
                                    "sextant.pipelines.one.draw=maybe",
                                    "sextant.pipelines.one.settle=soon",
                                    "nowhere",
                                    "gopher:x",
                                    "max-attempts must be at least 1, or 0 for attempts without end, was -1",
                                    "deadline must be more than 0",
                                    "forward-headers names \"ce_id\"",
                                    "workers=0",
                                    "[camel:, file:, kafka:, s3:]",
                                    "box=",
                                    "sextant.s3.endpoint=no url",
                                    "quarkus.http.port=" + taken.getLocalPort())
                            .doesNotContain("\tat ", "there-is-no-model-here", "SRCFG");
                }
            }
        }
    }

    @Test
    void checksWithoutAModel() throws Exception {
        Files.writeString(properties, PIPELINE.replace("model.path=model", "model.path=not-yet-mounted"));
        try (Program program = Program.start(folder, "run", "--check")) {
            assertThat(program.exitCode()).as(program.log()).isZero();
            assertThat(program.log()).contains("my-shop").doesNotContain("WARN", "ERROR");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    @AboutTheJar
    void launcherReadsNamesInEveryScriptWithoutALocale() throws Exception {
        assumeThat(System.getProperty("sun.jnu.encoding"))
                .as("the test itself writes such names")
                .isEqualTo("UTF-8");
        Path launcher = Launcher.in(folder);
        DemoImages.drop("owls.png", folder.resolve("in/" + NAME));
        try (Program asked = Program.start(
                folder,
                withoutLocale(Map.of()),
                List.of(launcher.toString()),
                "ask",
                "in/" + NAME,
                "--json",
                "out-" + NAME + ".json",
                "--draw",
                "drawn-" + NAME)) {
            assertThat(asked.exitCode()).as(asked.log()).isZero();
            assertThat(folder.resolve("out-" + NAME + ".json")).isNotEmptyFile();
            assertThat(folder.resolve("drawn-" + NAME)).isNotEmptyFile();
        }
        try (Program program = Program.start(folder, withoutLocale(Map.of()), List.of(launcher.toString()), "run")) {
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(folder.resolve("out/" + NAME + ".caption.json")) || !program.isAlive());
            program.stop();
            assertThat(folder.resolve("out/" + NAME + ".caption.json")).isNotEmptyFile();
            assertThat(program.log()).contains(NAME).doesNotContain("ANSI_X3");
        }
    }

    @Test
    @AboutTheJar
    void jarByHandWarnsWhereNamesCannotBeRead() throws Exception {
        try (Program program = Program.start(folder, withoutLocale(Map.of()), PackagedProgram.jar(), "tasks")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.log()).contains("LC_ALL=C.UTF-8");
        }
    }

    @Test
    void needsNoHome() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", "/nonexistent");
        environment.put(
                "JAVA_TOOL_OPTIONS", "-Duser.home=? -Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
        Files.delete(properties);
        DemoImages.drop("owls.png", folder.resolve("a.png"));
        try (Program program = Program.start(folder, environment, "ask", "a.png", "--max-new-tokens", "2")) {
            assertThat(program.exitCode()).as(program.log()).isZero();
            assertThat(program.log()).contains("XDG_CACHE_HOME");
        }
        assertThat(folder.resolve("?")).doesNotExist();
    }

    private static Map<String, String> withoutLocale(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("LC_ALL", "POSIX");
        environment.put("LANG", "");
        return environment;
    }
}
