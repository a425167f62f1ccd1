package io.sextant.core.file;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier process was writing when it died. */
public final class Leftovers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /**
     * Deletes them, before this process writes there itself. Temporary files of other processes that live are left.
     *
     * @param folder to look through; one that is missing has none
     * @param depth how many levels of folders, 1 for this one alone
     */
    public static void delete(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), depth, new Visitor());
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e)
                    .log("leftovers not looked for");
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path name = file.getFileName();
            if (attributes.isRegularFile() && name != null && TemporaryName.isLeftover(name.toString())) {
                delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        private static void delete(Path file) throws IOException {
            try {
                Files.delete(file);
                LOGGER.atInfo().addKeyValue("file", file).log("deleted what an earlier run was writing when it ended");
            } catch (NoSuchFileException e) {
                LOGGER.atTrace().addKeyValue("file", file).log("temporary file has gone");
            }
        }
    }
}
