package io.sextant.app.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.sextant.app.PackagedProgram;
import io.sextant.app.documents.Document.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the examples of README and docs in a shell, with the packaged program and the embedded model, and compares what they
 * print with what stands below them. CONTRIBUTING.md tells how a document marks them; {@code -Dsextant.docs.update=true} writes
 * what they print today into the documents.
 */
@DisabledIfSystemProperty(
        named = PackagedProgram.PROPERTY,
        matches = ".+",
        disabledReason = "the documents show a plugin jar, which a native executable cannot load")
final class DocumentExamplesIT {
    private static final boolean IS_UPDATE = Boolean.getBoolean("sextant.docs.update");
    private static final long PATIENCE_SECONDS = 300;
    private static final String PROGRAM = """
            #!/bin/sh
            exec "%s" -XX:+UseSerialGC -Xmx768m -XX:TieredStopAtLevel=1 -Dquarkus.http.port=0 -Dio.sextant.command=./sextant -jar "%s" "$@"
            """;

    @TempDir
    private Path work;

    static List<Path> documents() throws IOException {
        return Document.all();
    }

    /** All examples of a document run in one folder, in their order, as a reader would type them. */
    @ParameterizedTest
    @MethodSource("documents")
    void printsWhatTheDocumentShows(Path file) throws Exception {
        Document document = Document.read(file);
        if (document.blocks().stream().noneMatch(block -> block.mark().startsWith("run"))) {
            return;
        }
        Path folder = Files.createDirectories(work.resolve("reader"));
        Path program = folder.resolve("sextant");
        Files.writeString(
                program,
                PROGRAM.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        PluginJar.write(folder.resolve("plugins/colour-task.jar"), work);
        for (int i = 0; i < document.blocks().size(); i++) {
            Block block = document.blocks().get(i);
            if (!block.marked("file").isEmpty()) {
                Path named = folder.resolve(block.marked("file"));
                Files.createDirectories(Objects.requireNonNull(named.getParent()));
                Files.writeString(named, block.text());
            } else if (!block.marked("run until").isEmpty()) {
                runUntil(document, block, folder);
            } else if (block.mark().equals("run")) {
                compare(document, block, run(document, block, folder));
            }
        }
    }

    private List<String> run(Document document, Block block, Path folder) throws Exception {
        Process process = start(block, folder);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            fail(document.place(block) + " does not end");
        }
        assertThat(process.exitValue())
                .as("%s\n%s", document.place(block), errors())
                .isZero();
        return Files.readAllLines(work.resolve("printed"));
    }

    /** For {@code ./sextant run}, which goes on until it is stopped. */
    private void runUntil(Document document, Block block, Path folder) throws Exception {
        Path wanted = folder.resolve(block.marked("run until"));
        Process process = start(block, folder);
        try {
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .until(() -> Files.exists(wanted) || !process.isAlive());
            assertThat(wanted).as("%s\n%s", document.place(block), errors()).exists();
        } finally {
            List<ProcessHandle> programs = process.descendants().toList();
            programs.forEach(ProcessHandle::destroy);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                programs.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private Process start(Block block, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-eu", "-c", block.text())
                .directory(folder.toFile())
                .redirectOutput(work.resolve("printed").toFile())
                .redirectError(work.resolve("errors").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SEXTANT_"));
        return builder.start();
    }

    private String errors() throws IOException {
        return Files.readString(work.resolve("errors")) + Files.readString(work.resolve("printed"));
    }

    private static void compare(Document document, Block block, List<String> printed) throws IOException {
        @Nullable Block shown = document.outputOf(block);
        if (shown == null) {
            return;
        }
        ShownOutput expected = new ShownOutput(shown.lines());
        if (expected.shows(printed)) {
            return;
        }
        if (IS_UPDATE) {
            document.replace(shown, expected.updated(printed));
            return;
        }
        assertThat(printed)
                .as(
                        "what %s shows; where the new output is right, -Dsextant.docs.update=true writes it there",
                        document.place(shown))
                .isEqualTo(shown.lines());
    }
}
