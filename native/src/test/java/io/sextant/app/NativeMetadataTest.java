package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A native executable holds only the resources it is told of: none of ours may be forgotten. */
final class NativeMetadataTest {
    /** Read by Quarkus at build time, by people, or by native-image itself. */
    private static final Set<String> NOT_READ_AT_RUN_TIME = Set.of(
            "application.properties", "META-INF/beans.xml", "io/sextant/core/internal/draw/DejaVuSans-LICENSE.txt");

    @ParameterizedTest
    @ValueSource(strings = {"core", "tasks", "connectors", "native"})
    void namesEveryResourceOfTheModule(String module) throws Exception {
        Path resources = Path.of(System.getProperty("sextant.top"), module, "src/main/resources");
        List<String> patterns = patterns(
                resources.resolve("META-INF/native-image/io.sextant/sextant-" + module + "/resource-config.json"));
        try (Stream<Path> files = Files.walk(resources)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> resources.relativize(file).toString())
                    .filter(name -> !name.startsWith("META-INF/native-image/"))
                    .filter(name -> !name.startsWith("META-INF/services/org.eclipse."))
                    .filter(name -> !NOT_READ_AT_RUN_TIME.contains(name))
                    .toList();
            assertThat(names).isNotEmpty().allMatch(name -> patterns.stream().anyMatch(name::matches));
        }
    }

    private static List<String> patterns(Path file) throws Exception {
        List<String> patterns = new ArrayList<>();
        for (JsonNode include : new ObjectMapper().readTree(file.toFile()).at("/resources/includes")) {
            patterns.add(include.get("pattern").asText());
        }
        return patterns;
    }
}
