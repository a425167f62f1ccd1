package io.sextant.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/** The lock on a file by which its writer is known to live: it ends with the writer, however that ends. */
interface WriterLock {
    /** The operating system's. */
    WriterLock SYSTEM = (channel, shared) -> channel.tryLock(0, Long.MAX_VALUE, shared);

    /**
     * Takes it until the channel is closed.
     *
     * @param shared whether others may have it as well that share it
     * @return null if another process has it
     * @throws java.nio.channels.OverlappingFileLockException if another channel of this process has it
     * @throws IOException if the file system has no locks
     */
    @Nullable
    FileLock take(FileChannel channel, boolean shared) throws IOException;
}
