package io.sextant.core.internal.quantization;

import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.FloatFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * 0 to 15 in groups of 32 inputs, each with its own zero and a width that is a whole number of the row's int8 steps, such that no
 * number leaves -127 to 127 steps. Of three widths of a group, the one is taken that leaves the smallest squares of what is lost.
 *
 * <p>Outputs are filled up to a multiple of 64 (O), inputs to one of 32 (I). Bytes: steps, (O) float32; numbers, as libtorch packs them,
 * (O / P, I, P / 2), the first half of P outputs in the low halves of the bytes; for each group and output, (I / 32, O, 2), its width
 * and what is added to the product of the width with a number less 8, as libtorch takes them: whole numbers, in the type that is computed in.
 */
public final class Int4Rounding implements Rounding {
    /** Inputs that share a scale and a zero: what llama.cpp's Q4_0 takes too. */
    private static final int GROUP = 32;

    /** Outputs are filled up to a multiple of this. */
    private static final int OUTPUTS = 64;

    private static final int TILE = 512;
    private static final int WIDTHS = 3;
    private static final int TAKEN = 8;

    private static final float LARGEST = 15;
    private static final float REACH = 127;

    /** 2^23: a float of this size ends with its units. */
    private static final float WHOLE = 8_388_608;

    private final ElementType computed;
    private final int block;
    private final boolean hasInt8Copy;

    /**
     * @param computed FLOAT32 or BFLOAT16
     * @param block P, outputs that lie packed together on this processor: 32 or 64
     */
    public Int4Rounding(ElementType computed, int block) {
        this(computed, block, false);
    }

    private Int4Rounding(ElementType computed, int block, boolean hasInt8Copy) {
        this.computed = computed;
        this.block = block;
        this.hasInt8Copy = hasInt8Copy;
    }

    /** The same bytes, of which the whole numbers of 8 bits are kept too, for products of many rows. */
    public Int4Rounding withInt8Copy() {
        return new Int4Rounding(computed, block, true);
    }

    /** Bytes that {@link #withInt8Copy} takes beside {@link #bytes}. */
    public static long int8CopyBytes(int outputs, int inputs) {
        return (long) filled(outputs, OUTPUTS) * filled(inputs, GROUP);
    }

    @Override
    public String name() {
        return "int4-" + block + "-" + computed.safetensorsName().toLowerCase(Locale.ROOT);
    }

    @Override
    public long bytes(int outputs, int inputs) {
        long rows = filled(outputs, OUTPUTS);
        long groups = filled(inputs, GROUP) / GROUP;
        return rows * (Float.BYTES + groups * (GROUP / 2 + 2 * computed.bytes()));
    }

    private static int filled(int count, int multiple) {
        return (count + multiple - 1) / multiple * multiple;
    }

    @Override
    public void round(WeightRows weight, ByteBuffer target) {
        int tile = Math.min(TILE, filled(weight.outputs(), OUTPUTS));
        Tile work = new Tile(weight, target, tile);
        for (int first = 0; first < weight.outputs(); first += tile) {
            work.round(first, Math.min(tile, filled(weight.outputs(), OUTPUTS) - first));
        }
    }

    @Override
    public List<Part> parts(int outputs, int inputs) {
        long rows = filled(outputs, OUTPUTS);
        long groups = filled(inputs, GROUP) / GROUP;
        Part steps = new Part(":step", ElementType.FLOAT32, List.of(rows), 0);
        Part numbers = new Part(":int4", ElementType.UINT8, List.of(rows, groups * GROUP / 2), steps.size());
        Part scales = new Part(":scales", computed, List.of(groups, rows, 2L), numbers.start() + numbers.size());
        return List.of(steps, numbers, scales);
    }

    @Override
    public void open(DeviceProgram program, String name, int outputs, int inputs) {
        program.execute("open_int4", name, outputs, inputs, block);
    }

    @Override
    public Optional<FasterForm> fasterForm(String name, int outputs, int inputs) {
        return hasInt8Copy
                ? Optional.of(new FasterForm(name, "copy_int8", int8CopyBytes(outputs, inputs)))
                : Optional.empty();
    }

    /** Some rows of a weight. Its arrays are one number for each row, so that loops over rows have no sums in them. */
    private final class Tile {
        private final WeightRows weight;
        private final ByteBuffer target;
        private final int outputs;
        private final int groups;
        private final float[] rows;
        private final float[] steps;
        private final float[] factors;
        private final float[][] exact;
        private final float[] low;
        private final float[] high;
        private final float[] middle;
        private final float[] width;
        private final float[] zero;
        private final float[] first;
        private final float[] last;
        private final float[] inverse;
        private final float[] kept;
        private final float[] lost;
        private final float[] least;
        private final float[] bestWidth;
        private final float[] bestZero;
        private final byte[] packed;
        private final float[] scales;
        private final ByteBuffer scaleBytes;

        Tile(WeightRows weight, ByteBuffer target, int size) {
            this.weight = weight;
            this.target = target;
            this.outputs = filled(weight.outputs(), OUTPUTS);
            this.groups = filled(weight.inputs(), GROUP) / GROUP;
            this.rows = new float[size * weight.inputs()];
            this.steps = new float[size];
            this.factors = new float[size];
            this.exact = new float[GROUP][size];
            this.low = new float[size];
            this.high = new float[size];
            this.middle = new float[size];
            this.width = new float[size];
            this.zero = new float[size];
            this.first = new float[size];
            this.last = new float[size];
            this.inverse = new float[size];
            this.kept = new float[size];
            this.lost = new float[size];
            this.least = new float[size];
            this.bestWidth = new float[size];
            this.bestZero = new float[size];
            this.packed = new byte[size * GROUP / 2];
            this.scales = new float[2 * size];
            this.scaleBytes = ByteBuffer.allocate(2 * size * computed.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        }

        /** @param count a multiple of {@link #OUTPUTS}; rows beyond the weight's own are zeros */
        void round(int firstRow, int count) {
            int own = Math.min(count, weight.outputs() - firstRow);
            weight.read(firstRow, own, rows);
            Arrays.fill(steps, own, count, 1);
            for (int row = 0; row < own; row++) {
                steps[row] = Rounding.step(weight, rows, row);
            }
            for (int row = 0; row < count; row++) {
                factors[row] = 1 / steps[row];
                target.putFloat((firstRow + row) * Float.BYTES, steps[row]);
            }
            for (int group = 0; group < groups; group++) {
                take(group, own, count);
                choose(count);
                putNumbers(firstRow, group, count);
                putScales(firstRow, group, count);
            }
        }

        /** The group's numbers in steps, (32, rows). */
        private void take(int group, int own, int count) {
            int from = group * GROUP;
            int taken = Math.min(GROUP, weight.inputs() - from);
            if (own < count || taken < GROUP) {
                for (float[] line : exact) {
                    Arrays.fill(line, 0);
                }
            }
            int done = 0;
            for (; done + TAKEN <= taken; done += TAKEN) {
                takeEight(rows, weight.inputs(), from + done, factors, exact, done, own);
            }
            for (; done < taken; done++) {
                for (int row = 0; row < own; row++) {
                    exact[done][row] = rows[row * weight.inputs() + from + done] * factors[row];
                }
            }
        }

        private static void takeEight(
                float[] rows, int inputs, int from, float[] factors, float[][] exact, int first, int count) {
            float[] a = exact[first];
            float[] b = exact[first + 1];
            float[] c = exact[first + 2];
            float[] d = exact[first + 3];
            float[] e = exact[first + 4];
            float[] f = exact[first + 5];
            float[] g = exact[first + 6];
            float[] h = exact[first + 7];
            for (int row = 0; row < count; row++) {
                int at = row * inputs + from;
                float factor = factors[row];
                a[row] = rows[at] * factor;
                b[row] = rows[at + 1] * factor;
                c[row] = rows[at + 2] * factor;
                d[row] = rows[at + 3] * factor;
                e[row] = rows[at + 4] * factor;
                f[row] = rows[at + 5] * factor;
                g[row] = rows[at + 6] * factor;
                h[row] = rows[at + 7] * factor;
            }
        }

        private void choose(int count) {
            Arrays.fill(low, 0);
            Arrays.fill(high, 0);
            for (float[] line : exact) {
                widen(line, low, high, count);
            }
            Arrays.fill(least, Float.MAX_VALUE);
            for (int narrower = 0; narrower < WIDTHS; narrower++) {
                prepare(narrower, count);
                Arrays.fill(lost, 0);
                for (float[] line : exact) {
                    round(line, kept, inverse, zero, first, last, count);
                    measure(line, kept, zero, width, lost, count);
                }
                for (int row = 0; row < count; row++) {
                    if (lost[row] < least[row]) {
                        least[row] = lost[row];
                        bestWidth[row] = width[row];
                        bestZero[row] = zero[row];
                    }
                }
            }
        }

        private static void widen(float[] line, float[] low, float[] high, int count) {
            for (int row = 0; row < count; row++) {
                low[row] = Math.min(low[row], line[row]);
            }
            for (int row = 0; row < count; row++) {
                high[row] = Math.max(high[row], line[row]);
            }
        }

        /** A width, and the zero and the ends that go with it. */
        private void prepare(int narrower, int count) {
            for (int row = 0; row < count; row++) {
                middle[row] = (low[row] + high[row]) * 0.5f;
                float widest = Math.max(1, (float) Math.ceil((high[row] - low[row]) / LARGEST));
                width[row] = Math.max(1, widest - narrower);
            }
            limit(width, middle, count);
        }

        /** What follows from width and middle of each row; the zero lies such that 0 stays 0. */
        private void limit(float[] widths, float[] middles, int count) {
            for (int row = 0; row < count; row++) {
                inverse[row] = 1 / widths[row];
                float origin = Rounding.rint(LARGEST / 2 - middles[row] / widths[row]);
                zero[row] = Math.max(0, Math.min(LARGEST, origin));
                setEnds(row, widths[row], zero[row]);
            }
        }

        private void setEnds(int row, float ownWidth, float ownZero) {
            float reach = (float) Math.floor(REACH / ownWidth);
            first[row] = Math.max(0, ownZero - reach);
            last[row] = Math.min(LARGEST, ownZero + reach);
        }

        /** Numbers 0 to 15 from exact ones. The loops over rows are as C2 turns them into vector instructions: every index is the row. */
        private static void round(
                float[] exact, float[] kept, float[] inverse, float[] zero, float[] first, float[] last, int count) {
            for (int row = 0; row < count; row++) {
                kept[row] = Rounding.rint(exact[row] * inverse[row]) + zero[row];
            }
            for (int row = 0; row < count; row++) {
                kept[row] = Math.max(first[row], Math.min(last[row], kept[row]));
            }
        }

        private static void measure(float[] exact, float[] kept, float[] zero, float[] width, float[] lost, int count) {
            for (int row = 0; row < count; row++) {
                float difference = (kept[row] - zero[row]) * width[row] - exact[row];
                lost[row] += difference * difference;
            }
        }

        private void putNumbers(int firstRow, int group, int count) {
            for (int row = 0; row < count; row++) {
                inverse[row] = 1 / bestWidth[row];
                setEnds(row, bestWidth[row], bestZero[row]);
            }
            for (float[] line : exact) {
                round(line, line, inverse, bestZero, first, last, count);
            }
            int half = block / 2;
            int inputs = groups * GROUP;
            for (int start = 0; start < count; start += block) {
                for (int i = 0; i < GROUP; i++) {
                    pack(exact[i], start, half, packed, i * half);
                }
                int place = ((firstRow + start) / block * inputs + group * GROUP) * half;
                target.put(outputs * Float.BYTES + place, packed, 0, GROUP * half);
            }
        }

        private static void pack(float[] numbers, int start, int half, byte[] packed, int place) {
            for (int i = 0; i < half; i++) {
                packed[place + i] =
                        (byte) Float.floatToRawIntBits(numbers[start + i] + 16 * numbers[start + half + i] + WHOLE);
            }
        }

        private void putScales(int firstRow, int group, int count) {
            for (int row = 0; row < count; row++) {
                scales[2 * row] = bestWidth[row];
                scales[2 * row + 1] = (8 - bestZero[row]) * bestWidth[row];
            }
            FloatFormat.encode(computed, scales, 2 * count, scaleBytes.clear());
            int numberBytes = outputs * groups * (GROUP / 2);
            int place = (group * outputs + firstRow) * 2 * computed.bytes();
            target.put(outputs * Float.BYTES + numberBytes + place, scaleBytes.array(), 0, scaleBytes.position());
        }
    }
}
