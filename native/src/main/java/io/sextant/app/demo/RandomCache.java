package io.sextant.app.demo;

import io.sextant.app.console.Terminal;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps the demo's random model, so that it is made only once. */
final class RandomCache {
    private static final long SEED = 1;

    private RandomCache() {}

    /** The folder of the random model; made under a temporary name first, so that a half-written one is never used. */
    static Path model(Terminal terminal) throws IOException {
        Path cache = cacheFolder();
        Path folder = cache.resolve("random-small-" + SEED);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        terminal.progress("Making a small random model in " + folder + " ...");
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "making-");
        RandomModel.write(fresh, RandomModelSize.small(), SEED);
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another process was quicker; its model is the same.
            return folder;
        }
        return folder;
    }

    private static Path cacheFolder() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("sextant");
    }
}
