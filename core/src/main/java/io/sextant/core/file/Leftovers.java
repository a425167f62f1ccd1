package io.sextant.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier process was writing when it died. */
public final class Leftovers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Leftovers.class);

    /** After which nobody is thought to write a file any more, where there are no locks. */
    private static final Duration OLD = Duration.ofDays(1);

    private Leftovers() {}

    /**
     * Deletes them. What a living process writes is left, be it this one, or one in another container or on another machine: its lock
     * is held. Where locks cannot be asked for, on some file systems, what was written to in the last day is left.
     *
     * @param folder to look through; one that is missing has none
     * @param depth how many levels of folders, 1 for this one alone
     */
    public static void delete(Path folder, int depth) {
        delete(folder, depth, WriterLock.SYSTEM, Clock.systemUTC());
    }

    static void delete(Path folder, int depth, WriterLock lock, Clock clock) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(
                    folder,
                    EnumSet.noneOf(FileVisitOption.class),
                    depth,
                    new Visitor(lock, clock.instant().minus(OLD)));
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e)
                    .log("leftovers not looked for");
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final WriterLock lock;
        private final Instant old;

        Visitor(WriterLock lock, Instant old) {
            this.lock = lock;
            this.old = old;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String name = String.valueOf(file.getFileName());
            if (attributes.isRegularFile() && TemporaryName.is(name) && !TemporaryFile.isWrittenHere(name)) {
                deleteUnlessWritten(file, attributes.lastModifiedTime().toInstant());
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        private void deleteUnlessWritten(Path file, Instant modified) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                if (lock.take(channel, true) != null) {
                    delete(file);
                }
            } catch (OverlappingFileLockException e) {
                LOGGER.atTrace().addKeyValue("file", file).log("temporary file is written in this process");
            } catch (NoSuchFileException e) {
                LOGGER.atTrace().addKeyValue("file", file).log("temporary file has gone");
            } catch (IOException e) {
                if (modified.isBefore(old)) {
                    delete(file);
                }
            }
        }

        private static void delete(Path file) throws IOException {
            if (Files.deleteIfExists(file)) {
                LOGGER.atInfo().addKeyValue("file", file).log("deleted what an earlier run was writing when it ended");
            }
        }
    }
}
