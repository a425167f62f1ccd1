package io.sextant.core.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being written under a temporary name. Its writer holds its {@link WriterLock}, where there are locks. */
final class TemporaryFile implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TemporaryFile.class);
    private static final int ATTEMPTS = 10;

    /** Names of those this process writes. It must not even open them elsewhere: closing any channel of a file ends a process's locks on it. */
    private static final Set<String> WRITTEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private @Nullable Object identity;

    private TemporaryFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes one, empty.
     *
     * @param file in whose folder
     * @throws IOException if nothing can be written there
     */
    static TemporaryFile beside(Path file, Supplier<String> names, WriterLock lock) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<TemporaryFile> fresh = create(file.resolveSibling(names.get()), lock);
            if (fresh.isPresent()) {
                return fresh.get();
            }
        }
        throw new IOException("other programs delete each file that is begun beside " + file);
    }

    /** Whether this process writes a file of this name. */
    static boolean isWrittenHere(String name) {
        return WRITTEN_HERE.contains(name);
    }

    /** Empty if another process took the file for a leftover in the moment before its lock was had. */
    private static Optional<TemporaryFile> create(Path path, WriterLock lock) throws IOException {
        WRITTEN_HERE.add(name(path));
        boolean taken = false;
        try {
            FileChannel channel = FileChannel.open(
                    path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            TemporaryFile fresh = new TemporaryFile(path, channel);
            try {
                taken = fresh.take(lock);
            } finally {
                if (!taken) {
                    fresh.close();
                }
            }
            return taken ? Optional.of(fresh) : Optional.empty();
        } finally {
            if (!taken) {
                WRITTEN_HERE.remove(name(path));
            }
        }
    }

    private boolean take(WriterLock lock) throws IOException {
        try {
            if (lock.take(channel, false) == null) {
                return false;
            }
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOGGER.atDebug().addKeyValue("file", path).addKeyValue("error", e).log("file system without locks");
        }
        identity = identity(path);
        return identity != null;
    }

    FileChannel channel() {
        return channel;
    }

    /**
     * To be called before the channel is closed: until then no other file can take this one's identity.
     *
     * @throws IOException if another program has deleted or replaced it
     */
    void requireThere() throws IOException {
        if (!isThere()) {
            throw new IOException("the temporary file " + path
                    + " was deleted or replaced by another program while it was written; keep other programs from files"
                    + " named .sextant-*.tmp, and write it again");
        }
    }

    /** Gives it its name. */
    void renameTo(Path file) throws IOException {
        Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        identity = null;
    }

    /** Deletes it, unless it has got its name or another is in its place. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (isThere()) {
                Files.deleteIfExists(path);
            }
        } finally {
            WRITTEN_HERE.remove(name(path));
        }
    }

    private boolean isThere() throws IOException {
        return identity != null && identity.equals(identity(path));
    }

    /** What tells a file from all others, whatever they are called; null if there is none. */
    private static @Nullable Object identity(Path path) throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            return key == null ? path : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
