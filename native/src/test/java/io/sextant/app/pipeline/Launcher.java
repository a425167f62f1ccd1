package io.sextant.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's launcher beside the program that was just built, so that it has nothing to build. */
final class Launcher {
    private Launcher() {}

    /** Puts it below a folder. */
    static Path in(Path folder) throws IOException {
        Path top = Path.of(System.getProperty("sextant.top", ".."));
        Path project = Files.createDirectories(folder.resolve("project/native/target"));
        Files.createSymbolicLink(
                project.resolve("quarkus-app"), Path.of("target", "quarkus-app").toAbsolutePath());
        Path launcher = folder.resolve("project/sextant");
        Files.copy(top.resolve("sextant"), launcher);
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("project/pom.xml"), "<project/>");
        Files.writeString(project.resolve("sextant-built"), "");
        return launcher;
    }
}
