package io.sextant.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineLibrariesTest {
    @TempDir
    private Path folder;

    @Test
    void findsTheFolderThatHoldsLibtorch() throws Exception {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        assertThat(EngineLibraries.in(folder)).isEmpty();
        Files.createFile(lib.resolve(System.mapLibraryName("torch")));
        assertThat(EngineLibraries.in(folder)).contains(lib);
    }

    @Test
    void countsFromTheFolderAboveQuarkusApp() {
        assertThat(EngineLibraries.topOf(folder.resolve("quarkus-app/app/sextant.jar")))
                .isEqualTo(folder);
        assertThat(EngineLibraries.topOf(Path.of("/sextant.jar"))).isNull();
    }

    /** The class path of a test, as that of a checkout, has the libraries in a jar, which a folder left behind must not replace. */
    @Test
    void leavesTheLibrariesOfTheClassPathAlone() {
        EngineLibraries.announce();
        assertThat(System.getProperty(EngineLibraries.PATH)).isNull();
    }
}
