package io.sextant.core.internal.weights;

import io.sextant.core.error.ModelFilesException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reading pieces of a file by position, with errors that name it. */
public final class FileBytes {
    private FileBytes() {}

    /** Fills the buffer up to its limit. */
    static void readFully(FileChannel channel, long position, ByteBuffer buffer, Path file) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new EOFException(file + " ends at byte " + at);
            }
            at += read;
        }
    }

    /** A piece small enough for an array, little-endian, ready to be read. */
    public static ByteBuffer read(FileChannel channel, long position, int length, Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, position, buffer, file);
        return buffer.flip();
    }

    public static ModelFilesException unreadable(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new ModelFilesException(file + " does not exist; check the path, or fetch the file.", cause);
        }
        if (cause instanceof EOFException) {
            return new ModelFilesException(
                    file + " became shorter while it was read (" + cause.getMessage() + "); fetch it again.", cause);
        }
        return new ModelFilesException(
                file + " cannot be read (" + cause + "); check that it is a file and may be read by this user.", cause);
    }
}
