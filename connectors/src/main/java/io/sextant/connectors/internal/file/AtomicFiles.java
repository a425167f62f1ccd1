package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and moves files so that a reader, or a crash at any moment, sees the old content or the new one and never a part.
 *
 * <p>Thread-safe. A new content is written under a temporary name in the same folder, forced to disk, and renamed.
 */
final class AtomicFiles {
    private static final Logger LOGGER = LoggerFactory.getLogger(AtomicFiles.class);
    private static final Pattern TEMPORARY = Pattern.compile("\\.sextant-(\\d{1,18})-\\d+\\.tmp");

    private final long processId = ProcessHandle.current().pid();
    private final AtomicLong count = new AtomicLong();

    /** Whether a file name is that of a content still being written. */
    static boolean isTemporary(String fileName) {
        return TEMPORARY.matcher(fileName).matches();
    }

    /**
     * Gives a file this content. A file that has it already is left as it is; a symbolic link is replaced, not followed.
     *
     * @throws ConnectorException if it cannot be written
     */
    void write(Path file, byte[] content) {
        if (hasContent(file, content)) {
            return;
        }
        Path temporary = temporaryBeside(file);
        try {
            try (FileChannel channel = newFile(temporary)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            rename(temporary, file);
        } catch (IOException e) {
            throw notWritten(file, e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    /**
     * Moves a file, replacing one that is there. Between file systems it is copied whole before the original goes.
     *
     * @throws ConnectorException if it cannot be moved; the original is then still there
     */
    void move(Path from, Path to) {
        try {
            rename(from, to);
            forceFolder(from);
        } catch (AtomicMoveNotSupportedException e) {
            copyThenDelete(from, to);
        } catch (IOException e) {
            throw new ConnectorException(
                    "File " + from + " cannot be moved to " + to + " (" + e
                            + "); check the disk and who may write there.",
                    e);
        }
    }

    /**
     * Deletes what an earlier process was writing when it died. Temporary files of other processes that live are left.
     *
     * @param folder to look through
     * @param depth how many levels of folders, 1 for this one alone
     */
    void deleteLeftovers(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), depth, new Leftovers());
        } catch (IOException e) {
            LOGGER.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e)
                    .log("leftovers not looked for");
        }
    }

    private static boolean hasContent(Path file, byte[] content) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) == content.length
                    && java.util.Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            return false;
        }
    }

    private Path temporaryBeside(Path file) {
        return file.resolveSibling(".sextant-" + processId + "-" + count.incrementAndGet() + ".tmp");
    }

    private static FileChannel newFile(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(to);
    }

    private void copyThenDelete(Path from, Path to) {
        Path temporary = temporaryBeside(to);
        try {
            try (FileChannel source =
                            FileChannel.open(from, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                    FileChannel target = newFile(temporary)) {
                long position = 0;
                long size = source.size();
                while (position < size) {
                    long copied = source.transferTo(position, size - position, target);
                    if (copied <= 0) {
                        throw new IOException("the file became shorter while it was copied");
                    }
                    position += copied;
                }
                target.force(true);
            }
            rename(temporary, to);
            Files.delete(from);
        } catch (IOException e) {
            throw new ConnectorException(
                    "File " + from + " cannot be copied to " + to + " (" + e
                            + "); check the disk and who may write there.",
                    e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    /** A rename is on disk once its folder is; systems that cannot force a folder do it by themselves. */
    private static void forceFolder(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOGGER.atTrace()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e)
                    .log("folder not forced to disk");
        }
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOGGER.atDebug()
                    .addKeyValue("file", temporary)
                    .addKeyValue("error", e)
                    .log("temporary file left over");
        }
    }

    private static ConnectorException notWritten(Path file, IOException cause) {
        return new ConnectorException(
                "File " + file + " cannot be written (" + cause + "); check the disk and who may write there.", cause);
    }

    private final class Leftovers extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path name = file.getFileName();
            if (attributes.isRegularFile() && name != null && isLeftover(name.toString())) {
                delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        private void delete(Path file) throws IOException {
            try {
                Files.delete(file);
                LOGGER.atInfo().addKeyValue("file", file).log("deleted what an earlier run was writing when it ended");
            } catch (NoSuchFileException e) {
                LOGGER.atTrace().addKeyValue("file", file).log("temporary file has gone");
            }
        }

        private boolean isLeftover(String name) {
            Matcher matcher = TEMPORARY.matcher(name);
            if (!matcher.matches()) {
                return false;
            }
            long writer = Long.parseLong(matcher.group(1));
            return writer == processId || ProcessHandle.of(writer).isEmpty();
        }
    }
}
