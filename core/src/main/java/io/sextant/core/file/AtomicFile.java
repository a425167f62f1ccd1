package io.sextant.core.file;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is being written: a reader, or a crash at any moment, sees the old content or the new one and never a part.
 *
 * <p>The new content is written under a temporary name in the same folder, forced to disk, and renamed. What is closed
 * without {@link #commit} leaves nothing. A symbolic link is replaced, not followed. One writer belongs to one thread; any
 * number may write the same file at once, in any processes on any machines, and the last to commit wins.
 */
public final class AtomicFile implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AtomicFile.class);

    private final Path file;
    private final TemporaryFile temporary;
    private final OutputStream out;

    private AtomicFile(Path file, TemporaryFile temporary) {
        this.file = file;
        this.temporary = temporary;
        this.out = new BufferedOutputStream(Channels.newOutputStream(temporary.channel()), 1 << 16);
    }

    /**
     * Starts to write a file.
     *
     * @param file in a folder that is there
     * @throws IOException if nothing can be written beside it
     */
    public static AtomicFile open(Path file) throws IOException {
        return open(file, TemporaryName::random, WriterLock.SYSTEM);
    }

    static AtomicFile open(Path file, Supplier<String> names, WriterLock lock) throws IOException {
        return new AtomicFile(file, TemporaryFile.beside(file, names, lock));
    }

    /**
     * Gives a file this content. One that has it already is left as it is.
     *
     * @throws IOException if it cannot be written; the old content is then still there
     */
    public static void write(Path file, byte[] content) throws IOException {
        if (hasContent(file, content)) {
            return;
        }
        try (AtomicFile fresh = open(file)) {
            fresh.out().write(content);
            fresh.commit();
        }
    }

    /**
     * Moves a file, replacing one that is there. Between file systems it is copied whole before the original goes.
     *
     * @throws IOException if it cannot be moved; the original is then still there
     */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(to);
            forceFolder(from);
        } catch (AtomicMoveNotSupportedException e) {
            copy(from, to);
            Files.delete(from);
        }
    }

    /** Where the new content goes by its place; not to be mixed with {@link #out}. */
    public FileChannel channel() {
        return temporary.channel();
    }

    /** Where the new content goes one byte after another; buffered. */
    public OutputStream out() {
        return out;
    }

    /**
     * Gives the file its new content.
     *
     * @throws IOException if that fails, or another program has deleted or replaced what was being written; the old content is
     *     then still there
     */
    public void commit() throws IOException {
        out.flush();
        channel().force(true);
        temporary.requireThere();
        temporary.renameTo(file);
        temporary.close();
        forceFolder(file);
    }

    /**
     * As {@link #commit}, without waiting for the disk: after a crash of the machine the file may be there without its content. For what
     * its readers check.
     *
     * @throws IOException if that fails; the old content is then still there
     */
    public void commitUnforced() throws IOException {
        out.flush();
        temporary.requireThere();
        channel().close(); // first, for some file systems say only then that there was no room
        temporary.renameTo(file);
    }

    /** Drops what was not committed. */
    @Override
    public void close() {
        try {
            temporary.close();
        } catch (IOException e) {
            LOGGER.atDebug().addKeyValue("file", file).addKeyValue("error", e).log("temporary file left over");
        }
    }

    private static boolean hasContent(Path file, byte[] content) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) == content.length
                    && Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException e) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (FileChannel source = FileChannel.open(from, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                AtomicFile target = open(to)) {
            long position = 0;
            long size = source.size();
            while (position < size) {
                long copied = source.transferTo(position, size - position, target.channel());
                if (copied <= 0) {
                    throw new IOException(from + " became shorter while it was copied");
                }
                position += copied;
            }
            target.commit();
        }
    }

    /** A rename is on disk once its folder is; systems that cannot force a folder do it by themselves. */
    private static void forceFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
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
}
