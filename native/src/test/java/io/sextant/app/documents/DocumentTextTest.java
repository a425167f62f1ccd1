package io.sextant.app.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sextant.app.documents.Document.Block;
import io.sextant.routes.config.SettingsReader;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said about the documents' examples without running them. */
final class DocumentTextTest {
    static List<Path> documents() throws IOException {
        return Document.all();
    }

    /** So that none is left out by oversight. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandIsRunOrSaysWhyNot(Path file) throws Exception {
        Document document = Document.read(file);
        for (Block block : document.blocks()) {
            boolean hasCommands = block.language().equals("sh")
                    || block.lines().stream()
                            .anyMatch(line -> line.matches("(?:[A-Z_]+=\\S* )*(?:\\./sextant|mvn) .*"));
            if (hasCommands) {
                boolean isMarked = block.mark().equals("run")
                        || !block.marked("run until").isEmpty()
                        || !block.marked("not run").isEmpty();
                assertThat(isMarked)
                        .as(
                                "%s has <!-- run -->, <!-- run until: FILE --> or <!-- not run: WHY --> above it",
                                document.place(block))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySettingExists(Path file) throws Exception {
        Document document = Document.read(file);
        Properties properties = new Properties();
        for (Block block : document.blocks()) {
            if (block.language().equals("properties")) {
                if (!block.mark().equals("continues")) {
                    properties.clear();
                }
                properties.load(new StringReader(block.text().replaceAll("\\$\\{[A-Z_]+}", "secret")));
                Map<String, String> values = new HashMap<>();
                properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
                assertThatCode(() -> SettingsReader.withSources(
                                List.of(new PropertiesConfigSource(values, document.name(), 100))))
                        .as(document.place(block))
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void javaIsWhatIsCompiled(Path file) throws Exception {
        Document document = Document.read(file);
        for (Block block : document.blocks()) {
            if (block.language().equals("java")) {
                assertThat(block.marked("source"))
                        .as("%s has <!-- source: FILE --> above it", document.place(block))
                        .isNotEmpty();
                String source = Files.readString(Document.TOP.resolve(block.marked("source")));
                assertThat(source.lines().map(String::strip).toList())
                        .as("%s stands in %s", document.place(block), block.marked("source"))
                        .containsSequence(
                                block.lines().stream().map(String::strip).toList());
            }
        }
    }
}
