package io.sextant.core.internal.quantization;

import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.weights.ElementType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Whole numbers from -127 to 127 in steps of each output's own size.
 *
 * <p>Bytes: steps, (O) float32, filled up to a multiple of 64 bytes; numbers, (O, I).
 */
public final class Int8Rounding implements Rounding {
    private static final int ALIGNMENT = 64;
    private static final int TILE = 256;

    private final boolean isPacked;

    /** For products of many rows, which are as fast with the numbers as they lie. */
    public Int8Rounding() {
        this(false);
    }

    private Int8Rounding(boolean isPacked) {
        this.isPacked = isPacked;
    }

    /** The same bytes, which are packed for products of few rows too, in place of the numbers as they lie. */
    public Int8Rounding packed() {
        return new Int8Rounding(true);
    }

    @Override
    public String name() {
        return "int8";
    }

    @Override
    public long bytes(int outputs, int inputs) {
        return stepBytes(outputs) + (long) outputs * inputs;
    }

    private static int stepBytes(int outputs) {
        return (outputs * Float.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public void round(WeightRows weight, ByteBuffer target) {
        int inputs = weight.inputs();
        float[] rows = new float[Math.min(TILE, weight.outputs()) * inputs];
        byte[] numbers = new byte[rows.length];
        for (int first = 0; first < weight.outputs(); first += TILE) {
            int count = Math.min(TILE, weight.outputs() - first);
            weight.read(first, count, rows);
            for (int row = 0; row < count; row++) {
                float step = Rounding.step(weight, rows, row);
                target.putFloat((first + row) * Float.BYTES, step);
                round(rows, row * inputs, inputs, 1 / step, numbers);
            }
            target.put(stepBytes(weight.outputs()) + first * inputs, numbers, 0, count * inputs);
        }
    }

    @Override
    public List<Part> parts(int outputs, int inputs) {
        return List.of(
                new Part(":step", ElementType.FLOAT32, List.of((long) outputs), 0),
                new Part(":int8", ElementType.INT8, List.of((long) outputs, (long) inputs), stepBytes(outputs)));
    }

    @Override
    public void open(DeviceProgram program, String name, int outputs, int inputs) {
        program.execute("open_int8", name, inputs);
    }

    @Override
    public Optional<FasterForm> fasterForm(String name, int outputs, int inputs) {
        return isPacked ? Optional.of(new FasterForm(name, "pack_int8", (long) outputs * inputs)) : Optional.empty();
    }

    private static void round(float[] rows, int start, int count, float factor, byte[] numbers) {
        for (int i = start; i < start + count; i++) {
            numbers[i] = (byte) (int) Rounding.rint(rows[i] * factor);
        }
    }
}
