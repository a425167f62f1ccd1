package io.sextant.routes;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;

/** Finds the repository that the key {@code idempotent} of a pipeline names. */
final class IdRepositories {
    /** Some 60 MB of memory, and as much on disk at most. */
    private static final int MOST_IDS = 500_000;

    private static final String FILE = "file:";
    private static final String BEAN = "bean:";

    private IdRepositories() {}

    /** Whether it is one of Camel's registry. */
    static boolean isBean(String place) {
        return place.startsWith(BEAN);
    }

    /** @throws ConfigurationException if it names none */
    static IdempotentRepository named(String place, CamelContext context) {
        if (place.startsWith(FILE) && place.length() > FILE.length()) {
            return inFile(place, Path.of(place.substring(FILE.length())).toAbsolutePath());
        }
        if (place.startsWith(BEAN)) {
            String name = place.substring(BEAN.length());
            IdempotentRepository repository =
                    context.getRegistry().lookupByNameAndType(name, IdempotentRepository.class);
            if (repository == null) {
                throw new ConfigurationException(
                        "idempotent=" + place + ": Camel's registry has no IdempotentRepository" + " named \"" + name
                                + "\"; bind one, or write file:photos.ids.");
            }
            return repository;
        }
        throw new ConfigurationException(
                "idempotent=" + place + " names no repository; write file:photos.ids, or bean:name, or leave it out.");
    }

    /** The file is replaced when it is written anew; a link to it stays. */
    private static Path throughLinks(String place, Path file) {
        if (!Files.isSymbolicLink(file)) {
            return file;
        }
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "idempotent=" + place + " is a link that leads nowhere (" + e + "); mend or remove it.", e);
        }
    }

    private static IdempotentRepository inFile(String place, Path file) {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new ConfigurationException(
                    "idempotent=" + place + " must name a file in a folder that is there; create " + folder
                            + ", or mend the path (relative paths count from the working directory).");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ConfigurationException("idempotent=" + place
                    + " is no regular file, and the ids' file is written anew now and then; name a file.");
        }
        return new IdFileRepository(throughLinks(place, file), MOST_IDS);
    }
}
