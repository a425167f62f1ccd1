package io.sextant.routes;

import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ids in a file, one a line, the oldest first. Thread-safe. One process at a time; a second one is refused.
 *
 * <p>An id that was added is there after the process was killed. Where the machine itself went down the last ones may be
 * missing, which only means that their questions are answered again.
 */
final class IdFileRepository extends ServiceSupport implements IdempotentRepository {
    /*
     * All ids are in memory, so looking one up costs no reading; the file is only appended to. It is written anew, beside and
     * then renamed, when it is opened and when half of its lines are of ids that were dropped. (Camel's own repository of this
     * kind reads its file for every new id, and is empty if the process dies while it drops old ones.)
     */
    private final Path file;
    private final int most;
    private final Set<String> ids = new LinkedHashSet<>();
    private int lines;

    /** Whether a line may have been written in part, which the next one must not be added to. */
    private boolean isTorn;

    private @Nullable FileChannel guard;
    private @Nullable FileChannel out;

    /**
     * @param file made if it is not there, in a folder that is
     * @param most ids kept, at least 1; beyond, the oldest are dropped
     */
    IdFileRepository(Path file, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, was " + most);
        }
        this.file = file;
        this.most = most;
    }

    @Override
    public synchronized boolean add(String id) {
        if (!ids.add(id)) {
            return false;
        }
        try {
            FileChannel open = opened();
            dropOldest();
            if (!isTorn) {
                write(open, id + "\n");
                lines++;
            }
            if (isTorn || lines >= 2 * (long) most) {
                rewrite();
            }
            return true;
        } catch (IOException e) {
            ids.remove(id);
            isTorn = true;
            throw failed(e);
        }
    }

    @Override
    public synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    @Override
    public synchronized boolean remove(String id) {
        boolean wasThere = ids.remove(id);
        if (wasThere) {
            rewriteOrFail();
        }
        return wasThere;
    }

    /** Nothing to do: {@link #add} is called once it is certain. */
    @Override
    public boolean confirm(String id) {
        return true;
    }

    @Override
    public synchronized void clear() {
        ids.clear();
        rewriteOrFail();
    }

    /** @throws ConfigurationException if the file cannot be used, or another process uses it */
    @Override
    protected synchronized void doStart() {
        try {
            lock();
            if (Files.exists(file)) {
                load();
            }
            rewrite();
        } catch (IOException e) {
            unlock();
            throw new ConfigurationException(
                    "idempotent=file:" + file + " cannot be used (" + e
                            + "); its folder must be there and may be written, and the file must be one of Sextant's.",
                    e);
        }
    }

    @Override
    protected synchronized void doStop() throws IOException {
        FileChannel open = out;
        if (open != null) {
            open.close();
        }
        out = null;
        ids.clear();
        unlock();
    }

    private void lock() throws IOException {
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new ConfigurationException("idempotent=file:" + file
                    + " is in use by another pipeline or process; give each its own file, or let them share a"
                    + " repository with bean:name.");
        }
        guard = channel;
    }

    private void unlock() {
        FileChannel held = guard;
        guard = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** A last line without an end is what a dying process was writing; its question counts as not answered. */
    private void load() throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        List<String> whole =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        ids.addAll(whole);
        dropOldest();
    }

    private void dropOldest() {
        for (Iterator<String> oldest = ids.iterator(); ids.size() > most; ) {
            oldest.next();
            oldest.remove();
        }
    }

    private void rewriteOrFail() {
        try {
            rewrite();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void rewrite() throws IOException {
        StringBuilder text = new StringBuilder();
        ids.forEach(id -> text.append(id).append('\n'));
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        FileChannel old = out;
        if (old != null) {
            old.close();
        }
        out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        lines = ids.size();
        isTorn = false;
    }

    private FileChannel opened() throws IOException {
        FileChannel open = out;
        if (open == null) {
            throw new IOException("not open");
        }
        return open;
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private ConnectorException failed(IOException cause) {
        return new ConnectorException(
                "idempotent=file:" + file + " cannot be written (" + cause
                        + "); check the disk and who may write there.",
                cause);
    }
}
