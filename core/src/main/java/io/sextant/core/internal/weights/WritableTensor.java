package io.sextant.core.internal.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A tensor to be written to a weight file.
 *
 * @param name its key
 * @param type FLOAT32, FLOAT16 or BFLOAT16; values are rounded to nearest
 * @param shape sizes, outermost first; empty for a scalar
 * @param values its elements; or empty for zeros that are left as a hole, which takes no space on most file systems
 */
public record WritableTensor(String name, ElementType type, List<Long> shape, Optional<TensorValues> values)
        implements TensorContent {
    private static final int CHUNK_ELEMENTS = 1 << 16;

    public WritableTensor {
        shape = List.copyOf(shape);
        if (type != ElementType.FLOAT32 && type != ElementType.FLOAT16 && type != ElementType.BFLOAT16) {
            throw new IllegalArgumentException("type of " + name + " must be a float of at most 32 bits, was " + type);
        }
    }

    /** A tensor with values. */
    public static WritableTensor of(String name, ElementType type, List<Long> shape, TensorValues values) {
        return new WritableTensor(name, type, shape, Optional.of(values));
    }

    public long elementCount() {
        return Layout.elementCount(shape.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public long size() {
        return elementCount() * type.bytes();
    }

    @Override
    public long writeTo(FileChannel channel, long position) throws IOException {
        return values.isPresent() ? writeValues(values.get(), channel, position) : RecordContent.crc32OfZeros(size());
    }

    private long writeValues(TensorValues source, FileChannel channel, long position) throws IOException {
        CRC32 checksum = new CRC32();
        float[] chunk = new float[(int) Math.min(CHUNK_ELEMENTS, elementCount())];
        ByteBuffer bytes = ByteBuffer.allocate(chunk.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (long done = 0; done < elementCount(); ) {
            int count = (int) Math.min(chunk.length, elementCount() - done);
            source.next(chunk, count);
            FloatFormat.encode(type, chunk, count, bytes.clear());
            checksum.update(bytes.flip());
            RecordContent.writeFully(channel, position + done * type.bytes(), bytes.rewind());
            done += count;
        }
        return checksum.getValue();
    }
}
