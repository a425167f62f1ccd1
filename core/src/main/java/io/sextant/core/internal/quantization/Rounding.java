package io.sextant.core.internal.quantization;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.weights.ElementType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** One way to keep a weight (O, I) in small whole numbers, as the bytes that {@code linear.py} takes. */
public interface Rounding {
    /** Counts up when other bytes come of equal weights, so that what an earlier version kept is made anew. */
    int VERSION = 2;

    /**
     * That of a kind of weights.
     *
     * @param kind INT8 or INT4
     * @param computed what is computed in, FLOAT32 or BFLOAT16
     * @param block outputs that libtorch packs together in INT4 on this processor
     */
    static Rounding of(WeightKind kind, ElementType computed, int block) {
        return switch (kind) {
            case INT8 -> new Int8Rounding();
            case INT4 -> new Int4Rounding(computed, block);
            case AS_IS -> throw new IllegalArgumentException("weights as they are are not rounded");
        };
    }

    /** For instance {@code int4}; with {@link #VERSION} it says what the bytes are. */
    String name();

    /** Bytes of a rounded weight. */
    long bytes(int outputs, int inputs);

    /**
     * Rounds a weight.
     *
     * @param target little-endian, of {@link #bytes} from position 0 on; its position stays
     * @throws ModelFilesException if a number is no finite one
     */
    void round(WeightRows weight, ByteBuffer target);

    /** What lies in the bytes of a weight. */
    List<Part> parts(int outputs, int inputs);

    /** Lets a program multiply with a weight (O, I) whose {@link #parts} it has. */
    void open(DeviceProgram program, String name, int outputs, int inputs);

    /** A form of an opened weight with which its products are faster, and the same; empty where there is none. */
    Optional<FasterForm> fasterForm(String name, int outputs, int inputs);

    /**
     * Numbers that a rounded weight consists of.
     *
     * @param name follows the weight's
     * @param type theirs
     * @param shape outermost first
     * @param start of the first, in bytes; a multiple of their size
     */
    record Part(String name, ElementType type, List<Long> shape, long start) {
        /** Bytes they take. */
        long size() {
            return shape.stream().reduce((long) type.bytes(), (a, b) -> a * b);
        }
    }

    /** The step of a row: 127 of them reach its largest number. */
    static float step(WeightRows weight, float[] rows, int row) {
        int inputs = weight.inputs();
        float largest = 1e-30f;
        for (int i = row * inputs; i < (row + 1) * inputs; i++) {
            largest = Math.max(largest, Math.abs(rows[i]));
        }
        if (!(largest <= Float.MAX_VALUE)) {
            throw new ModelFilesException(weight.stored().file() + ": tensor "
                    + weight.stored().name() + " holds a number that is not finite; fetch the file again.");
        }
        return largest / 127;
    }

    /** Rounds to the nearest whole number, ties to even; for magnitudes under 4 million, where adding this leaves no room for less. */
    static float rint(float number) {
        return (number + 12_582_912f) - 12_582_912f;
    }
}
