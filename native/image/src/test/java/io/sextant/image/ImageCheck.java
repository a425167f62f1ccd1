package io.sextant.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image that the profile {@code image} packs: what it says of itself, and its files laid over each other and run. */
final class ImageCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path image;

    @TempDir
    private static Path root;

    private static JsonNode config;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        tar(Path.of(System.getProperty("sextant.image")), image);
        JsonNode manifest =
                JSON.readTree(image.resolve("manifest.json").toFile()).get(0);
        for (JsonNode layer : manifest.get("Layers")) {
            tar(image.resolve(layer.asText()), root);
        }
        config = JSON.readTree(image.resolve(manifest.get("Config").asText()).toFile())
                .get("config");
    }

    @Test
    void runsAsNobodyInUtf8WithTheCacheWhereOneIsMounted() {
        assertThat(config.get("User").asText()).isEqualTo("10001:10001");
        assertThat(texts(config.get("Env"))).contains("LANG=C.UTF-8", "XDG_CACHE_HOME=/cache");
        assertThat(config.get("ExposedPorts").has("8080/tcp")).isTrue();
        assertThat(config.get("WorkingDir").asText()).isEqualTo("/work");
    }

    @Test
    void whatItStartsIsThereAndAnswers() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(root + config.get("Entrypoint").get(0).asText());
        command.addAll(List.of("demo", "--out", folder.resolve("demo").toString()));
        Path output = folder.resolve("output");
        ProcessBuilder program = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        program.environment().keySet().retainAll(List.of("JAVA_HOME", "PATH"));
        texts(config.get("Env")).stream()
                .filter(each -> each.startsWith("LANG="))
                .forEach(each -> program.environment().put("LANG", each.substring("LANG=".length())));
        program.environment()
                .putAll(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()));
        Process demo = program.start();
        assertThat(demo.waitFor(5, TimeUnit.MINUTES)).as("ends in time").isTrue();
        assertThat(demo.exitValue()).as(Files.readString(output)).isZero();
    }

    @Test
    void whatItIsToldToDoIsAVerbOfTheProgram() {
        assertThat(texts(config.get("Cmd"))).containsExactly("run", "--config", "/config/application.properties");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static void tar(Path archive, Path into) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder(
                        "tar", "--warning=no-unknown-keyword", "-xf", archive.toString(), "-C", into.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).as("tar").isZero();
    }
}
