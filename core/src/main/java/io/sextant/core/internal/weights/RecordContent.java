package io.sextant.core.internal.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/** What is written to one record of a file: of known size, at a given place. */
public interface RecordContent {

    /** Bytes it takes. */
    long size();

    /**
     * Writes the bytes, or leaves a hole where they are zeros.
     *
     * @return their CRC-32
     */
    long writeTo(FileChannel channel, long position) throws IOException;

    /** A few bytes. */
    static RecordContent of(byte[] bytes) {
        return new RecordContent() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public long writeTo(FileChannel channel, long position) throws IOException {
                writeFully(channel, position, ByteBuffer.wrap(bytes));
                CRC32 checksum = new CRC32();
                checksum.update(bytes);
                return checksum.getValue();
            }
        };
    }

    static void writeFully(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    static long crc32OfZeros(long count) {
        CRC32 checksum = new CRC32();
        byte[] zeros = new byte[(int) Math.min(count, 1 << 20)];
        for (long left = count; left > 0; left -= zeros.length) {
            checksum.update(zeros, 0, (int) Math.min(left, zeros.length));
        }
        return checksum.getValue();
    }
}
