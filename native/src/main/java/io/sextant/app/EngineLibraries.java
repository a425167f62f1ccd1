package io.sextant.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine's libraries of a distribution: the folder {@code lib} beside the native executable, or beside {@code
 * quarkus-app}. DJL loads them from where it is told, with no copy into a cache and no download.
 */
final class EngineLibraries {
    /** Where DJL looks first, in the environment and among the system properties. */
    static final String PATH = "PYTORCH_LIBRARY_PATH";

    private static final String FOLDER = "lib";

    /** Where the launcher says the application's folder is. Classes of an AOT cache tell where they lay when it was made. */
    static final String APPLICATION = "io.sextant.application";

    /** Names the libraries on the class path; a distribution has them in its folder instead. */
    private static final String ON_CLASS_PATH = "native/lib/pytorch.properties";

    private EngineLibraries() {}

    /** Tells DJL where they are, unless the user has said so; before the engine is first asked. */
    static void announce() {
        if (System.getenv(PATH) != null || System.getProperty(PATH) != null) {
            return;
        }
        boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        if (!isNative && EngineLibraries.class.getClassLoader().getResource(ON_CLASS_PATH) != null) {
            return;
        }
        Optional<Path> top = isNative ? executable().map(Path::getParent) : application();
        top.flatMap(EngineLibraries::in).ifPresent(folder -> System.setProperty(PATH, folder.toString()));
    }

    /**
     * The libraries in a distribution.
     *
     * @param top its folder, or null if there is none
     */
    static Optional<Path> in(@Nullable Path top) {
        return Optional.ofNullable(top)
                .map(folder -> folder.resolve(FOLDER))
                .filter(folder -> Files.isRegularFile(folder.resolve(System.mapLibraryName("torch"))));
    }

    /** The folder above {@code quarkus-app/app/our.jar}. */
    static @Nullable Path topOf(Path jar) {
        Path top = jar;
        for (int i = 0; i < 3 && top != null; i++) {
            top = top.getParent();
        }
        return top;
    }

    private static Optional<Path> executable() {
        return ProcessHandle.current().info().command().map(Path::of).flatMap(EngineLibraries::withLinksResolved);
    }

    /** The folder above {@code quarkus-app}. */
    private static Optional<Path> application() {
        String told = System.getProperty(APPLICATION);
        return told == null
                ? jar().map(EngineLibraries::topOf)
                : Optional.ofNullable(Path.of(told).getParent());
    }

    private static Optional<Path> jar() {
        CodeSource source = EngineLibraries.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            return withLinksResolved(Path.of(URI.create(source.getLocation().toString())));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            // Classes from elsewhere than a file or folder are no distribution.
            return Optional.empty();
        }
    }

    private static Optional<Path> withLinksResolved(Path file) {
        try {
            return Optional.of(file.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
