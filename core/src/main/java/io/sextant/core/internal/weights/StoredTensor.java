package io.sextant.core.internal.weights;

import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A tensor that lies in a file: where, and how its elements are laid out. It holds no data, so that it can either be
 * memory-mapped from its place or read here. Immutable.
 *
 * <p>Element (i, j, …) is at {@code byteOffset() + type().bytes() * (i * strides()[0] + j * strides()[1] + …)}. No two
 * elements share their bytes, and all of them lie inside the file as it was when it was opened.
 */
public final class StoredTensor {
    private static final int CHUNK_BYTES = 1 << 20;

    private final String name;
    private final ElementType type;
    private final long[] shape;
    private final long[] strides;
    private final long elementCount;
    private final Path file;
    private final long byteOffset;

    /** Readers only: sizes, strides and place have been checked against the file. */
    public StoredTensor(String name, ElementType type, long[] shape, long[] strides, Path file, long byteOffset) {
        this.name = name;
        this.type = type;
        this.shape = shape.clone();
        this.strides = strides.clone();
        this.elementCount = Layout.elementCount(shape);
        this.file = file;
        this.byteOffset = byteOffset;
    }

    /** The key, for instance {@code model.norm.weight}. */
    public String name() {
        return name;
    }

    /** What the elements are. */
    public ElementType type() {
        return type;
    }

    /** Sizes, outermost first; empty for a scalar. A copy. */
    public long[] shape() {
        return shape.clone();
    }

    /** Elements between neighbours along each dimension; never negative. A copy. */
    public long[] strides() {
        return strides.clone();
    }

    /** Number of elements, the product of the shape. */
    public long elementCount() {
        return elementCount;
    }

    /** Bytes the elements take. */
    public long byteCount() {
        return elementCount * type.bytes();
    }

    /** Whether the elements lie row by row without gaps. */
    public boolean isContiguous() {
        return Layout.isContiguous(shape, strides);
    }

    /** The file the data is in; for one entry of a torch file this is the torch file itself. */
    public Path file() {
        return file;
    }

    /** Position of the first element in the file, in bytes. Not always a multiple of the element's size. */
    public long byteOffset() {
        return byteOffset;
    }

    /**
     * All values row by row, whatever the layout in the file, widened (or narrowed, from float64) to float32.
     *
     * @throws ModelFilesException if the type is no float type, the tensor is larger than an array, or the file cannot be read
     */
    public float[] readFloats() {
        if (!type.isFloat()) {
            throw new ModelFilesException(file + ": tensor " + name + " holds " + type
                    + ", which are not floating-point" + " numbers; use the original float weights.");
        }
        long extent = Layout.extent(shape, strides);
        if (extent > Integer.MAX_VALUE - 8) {
            throw new ModelFilesException(file + ": tensor " + name + " spans " + extent
                    + " elements, more than can be read at once; save it contiguously and in parts.");
        }
        float[] stored = readStored((int) extent);
        return isContiguous() ? stored : rowMajor(stored);
    }

    /**
     * Some rows of a matrix, widened to float32; of one that lies row by row without gaps nothing else is read.
     *
     * @param first the first row
     * @param count how many
     * @param target gets them one after another from its start
     * @throws ModelFilesException as {@link #readFloats}
     */
    public void readRows(long first, int count, float[] target) {
        int width = Math.toIntExact(shape[1]);
        if (isContiguous() && type.isFloat()) {
            readInto(target, byteOffset + first * width * type.bytes(), count * width);
        } else {
            System.arraycopy(readFloats(), Math.toIntExact(first * width), target, 0, count * width);
        }
    }

    /** The same place under another key. */
    public StoredTensor renamed(String newName) {
        return new StoredTensor(newName, type, shape, strides, file, byteOffset);
    }

    /** Position behind the last element in the file, in bytes. */
    public long byteEnd() {
        return byteOffset + Layout.extent(shape, strides) * type.bytes();
    }

    private float[] readStored(int count) {
        float[] values = new float[count];
        readInto(values, byteOffset, count);
        return values;
    }

    private void readInto(float[] values, long position, int count) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, (long) count * type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int perChunk = CHUNK_BYTES / type.bytes();
            for (int done = 0; done < count; ) {
                int part = Math.min(perChunk, count - done);
                buffer.clear().limit(part * type.bytes());
                FileBytes.readFully(channel, position + (long) done * type.bytes(), buffer, file);
                FloatFormat.decode(type, buffer.flip(), values, done, part);
                done += part;
            }
        } catch (IOException e) {
            throw FileBytes.unreadable(file, e);
        }
    }

    private float[] rowMajor(float[] stored) {
        float[] values = new float[Math.toIntExact(elementCount)];
        long[] index = new long[shape.length];
        for (int i = 0; i < values.length; i++) {
            int position = 0;
            for (int d = 0; d < shape.length; d++) {
                position += (int) (index[d] * strides[d]);
            }
            values[i] = stored[position];
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return name + " " + type + " " + Arrays.toString(shape);
    }
}
