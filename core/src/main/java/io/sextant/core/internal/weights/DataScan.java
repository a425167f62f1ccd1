package io.sextant.core.internal.weights;

import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads ranges of a file once, for their checksum and for values that are not finite. One thread. */
public final class DataScan {
    private static final int CHUNK_BYTES = 1 << 20;

    private final FileChannel channel;
    private final Path file;
    private final ReadProgress progress;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    public DataScan(FileChannel channel, Path file, ReadProgress progress) {
        this.channel = channel;
        this.file = file;
        this.progress = progress;
    }

    /**
     * What a range holds.
     *
     * @param crc32 of all its bytes
     * @param notFinite what is wrong with the first value that is NaN or infinite, if there is one
     */
    public record Finding(long crc32, Optional<String> notFinite) {
        /** @throws ModelFilesException naming the tensor and the byte of the value */
        public void requireFinite() {
            notFinite.ifPresent(problem -> {
                throw new ModelFilesException(problem);
            });
        }
    }

    /**
     * Reads one range.
     *
     * @param start where the range begins, in bytes
     * @param length of the range, in bytes
     * @param tensors that lie in the range and share one element type, each a whole number of elements from its start
     */
    public Finding scan(long start, long length, List<StoredTensor> tensors) throws IOException {
        CRC32 checksum = new CRC32();
        Optional<String> notFinite = Optional.empty();
        for (long done = 0; done < length; ) {
            int part = (int) Math.min(CHUNK_BYTES, length - done);
            buffer.clear().limit(part);
            FileBytes.readFully(channel, start + done, buffer, file);
            checksum.update(buffer.flip());
            if (notFinite.isEmpty() && !tensors.isEmpty()) {
                notFinite = notFinite(buffer.rewind(), start + done, tensors);
            }
            done += part;
            progress.advanced(file, part);
        }
        return new Finding(checksum.getValue(), notFinite);
    }

    /** Looks only at values that lie between the first and the last element of a tensor. */
    private Optional<String> notFinite(ByteBuffer chunk, long chunkStart, List<StoredTensor> tensors) {
        ElementType type = tensors.get(0).type();
        long end = chunkStart + chunk.limit();
        long at = nextUsed(chunkStart, tensors);
        while (at < end) {
            int from = (int) (at - chunkStart);
            int found = FloatFormat.firstNonFinite(type, chunk.position(from), (chunk.limit() - from) / type.bytes());
            if (found < 0) {
                return Optional.empty();
            }
            long position = at + (long) found * type.bytes();
            for (StoredTensor tensor : tensors) {
                if (tensor.byteOffset() <= position && position < tensor.byteEnd()) {
                    return Optional.of(
                            file + ": tensor " + tensor.name() + " holds a value that is not finite (NaN or infinity)"
                                    + " at byte " + position
                                    + "; the weights are damaged or come from a diverged training, use another"
                                    + " file.");
                }
            }
            at = nextUsed(position, tensors);
        }
        return Optional.empty();
    }

    /** The first byte from here on that belongs to a tensor. */
    private static long nextUsed(long position, List<StoredTensor> tensors) {
        long next = Long.MAX_VALUE;
        for (StoredTensor tensor : tensors) {
            if (position < tensor.byteEnd()) {
                next = Math.min(next, Math.max(position, tensor.byteOffset()));
            }
        }
        return next;
    }
}
