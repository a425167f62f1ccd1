package io.sextant.core.internal.quantization;

import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.Layout;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.TensorContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A weight as small whole numbers, rounded when it is asked for its bytes: those of its {@link Rounding}, filled up so that behind a
 * checksum of 8 bytes a multiple of 64 is reached.
 *
 * @param name its key
 * @param rows the weight as it was
 * @param rounding how to round it
 */
public record QuantizedWeight(String name, WeightRows rows, Rounding rounding) implements TensorContent {
    private static final int ALIGNMENT = 64;
    private static final int CHECKSUM_BYTES = 8;
    private static final int CHUNK_BYTES = 1 << 20;

    @Override
    public ElementType type() {
        return ElementType.UINT8;
    }

    @Override
    public List<Long> shape() {
        return List.of(size());
    }

    @Override
    public long size() {
        long bytes = rounding.bytes(rows.outputs(), rows.inputs()) + CHECKSUM_BYTES;
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The bytes, from position 0 on. */
    public ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size())).order(ByteOrder.LITTLE_ENDIAN);
        rounding.round(rows, bytes);
        int place = bytes.capacity() - CHECKSUM_BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, place);
        return bytes.putLong(place, checksum.getValue());
    }

    @Override
    public long writeTo(FileChannel channel, long position) throws IOException {
        ByteBuffer bytes = bytes();
        for (int done = 0; done < bytes.capacity(); done += CHUNK_BYTES) {
            ByteBuffer part = bytes.slice(done, Math.min(CHUNK_BYTES, bytes.capacity() - done));
            for (long at = position + done; part.hasRemaining(); ) {
                at += channel.write(part, at);
            }
        }
        return bytes.getLong(bytes.capacity() - CHECKSUM_BYTES);
    }

    /**
     * What lies in the bytes, under the names that a program knows it by.
     *
     * @param bytes where they are
     */
    public List<StoredTensor> tensors(StoredTensor bytes) {
        List<StoredTensor> tensors = new ArrayList<>();
        for (Rounding.Part part : parts()) {
            long[] shape = part.shape().stream().mapToLong(Long::longValue).toArray();
            tensors.add(new StoredTensor(
                    name + part.name(),
                    part.type(),
                    shape,
                    Layout.contiguousStrides(shape),
                    bytes.file(),
                    bytes.byteOffset() + part.start()));
        }
        return tensors;
    }

    /** Lets a program multiply with the weight, whose {@link #tensors} it has. */
    public void open(DeviceProgram program) {
        rounding.open(program, name, rows.outputs(), rows.inputs());
    }

    /** With which products are faster, if there is such a form. */
    public Optional<FasterForm> fasterForm() {
        return rounding.fasterForm(name, rows.outputs(), rows.inputs());
    }

    /** Brings the weight into a program, from its {@link #bytes}; several may be brought at once. */
    public void open(DeviceProgram program, ByteBuffer bytes) {
        for (Rounding.Part part : parts()) {
            long[] shape = part.shape().stream().mapToLong(Long::longValue).toArray();
            ByteBuffer numbers = bytes.slice(Math.toIntExact(part.start()), Math.toIntExact(part.size()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            synchronized (program) {
                program.put(name + part.name(), part.type(), numbers, shape);
            }
        }
        synchronized (program) {
            open(program);
        }
    }

    private List<Rounding.Part> parts() {
        return rounding.parts(rows.outputs(), rows.inputs());
    }

    /** Whether bytes in a file are those that were written. */
    static boolean isWhole(FileChannel channel, long position, long size) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer part = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long end = position + size - CHECKSUM_BYTES;
        for (long at = position; at < end; ) {
            part.clear().limit((int) Math.min(CHUNK_BYTES, end - at));
            int read = channel.read(part, at);
            if (read < 0) {
                return false;
            }
            checksum.update(part.flip());
            at += read;
        }
        part.clear().limit(CHECKSUM_BYTES);
        return channel.read(part, end) == CHECKSUM_BYTES && part.getLong(0) == checksum.getValue();
    }
}
