package io.sextant.core.internal.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.FloatFormat;
import io.sextant.core.internal.weights.StoredTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizedWeightTest {
    private static final String PROGRAM = "/io/sextant/core/internal/device/products.py";
    private static final int ROWS = 40;

    @TempDir
    private Path folder;

    private int files;

    /** Sizes that fill groups and blocks, that do not, and that are smaller than one. */
    @ParameterizedTest(name = "{0}, {1} x {2}, few {3}, many {4}")
    @CsvSource({
        "INT8, 128, 256, 0.015, 0.015",
        "INT8, 65, 688, 0.015, 0.015",
        "INT8, 3, 5, 0.015, 0.015",
        "INT4, 128, 256, 0.11, 0.11",
        "INT4, 65, 688, 0.11, 0.11",
        "INT4, 3, 5, 0.11, 0.11",
    })
    void multipliesNearlyAsTheWeightsAsTheyWere(
            WeightKind kind, int outputs, int inputs, double fewError, double manyError) {
        float[] weight = normal(outputs * inputs, 1);
        float[] x = normal(ROWS * inputs, 2);
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            program.put("w", weight, outputs, inputs);
            float[] exact = product(program, x, ROWS, false);
            keep(program, kind, weight, outputs, inputs);

            assertThat(error(product(program, x, ROWS, false), exact)).isBetween(1e-5, fewError);
            assertThat(error(product(program, x, ROWS, true), exact)).isBetween(1e-5, manyError);
        }
    }

    /** Few rows are multiplied with the int4 numbers, many with the int8 numbers of the same values. */
    @Test
    void hasTheSameWeightsForFewAndForManyRows() {
        int outputs = 70;
        int inputs = 96;
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            keep(program, WeightKind.INT4, normal(outputs * inputs, 3), outputs, inputs);
            float[] unit = new float[inputs * inputs];
            for (int i = 0; i < inputs; i++) {
                unit[i * inputs + i] = 1;
            }
            float[] few = product(program, unit, inputs, false);
            float[] many = product(program, unit, inputs, true);
            for (int i = 0; i < few.length; i++) {
                assertThat(many[i]).isEqualTo(few[i]);
            }
        }
    }

    /**
     * Few rows, many, and many with the copy. Sizes that do not fill a block, and that are unpacked in two pieces where that is done at each
     * call; rows with large numbers among small ones, as a decoder has them.
     */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 70, 100", "BFLOAT16, 70, 100", "FLOAT32, 600, 8192", "BFLOAT16, 600, 8192"})
    void multipliesInt4InAnyWayToTheSameLastBit(ElementType computed, int outputs, int inputs) throws IOException {
        float[] x = normal(ROWS * inputs, 14);
        for (int i = 0; i < x.length; i++) {
            x[i] *= x[i] * x[i];
        }
        try (DeviceProgram program = program(computed)) {
            Int4Rounding rounding = (Int4Rounding) rounding(program, WeightKind.INT4);
            WeightRows rows = new WeightRows(
                    file(ElementType.FLOAT32, normal(outputs * inputs, 15), outputs, inputs), Optional.empty());
            QuantizedWeight without = new QuantizedWeight("w", rows, rounding);
            without.open(program, without.bytes());
            float[] few = product(program, x, ROWS, false);
            assertThat(typeOfFew(program, x, ROWS)).isEqualTo(computed.torchCode());
            assertThat(product(program, x, ROWS, true)).isEqualTo(few);

            FasterForms forms =
                    new FasterForms(program, List.of(new QuantizedWeight("w", rows, rounding.withInt8Copy())));
            assertThat(forms.pendingBytes()).isEqualTo(Int4Rounding.int8CopyBytes(outputs, inputs));
            assertThat(forms.makeNext()).isTrue();
            assertThat(forms.makeNext()).isFalse();

            assertThat(forms.pendingBytes()).isZero();
            assertThat(product(program, x, ROWS, true)).isEqualTo(few);
            assertThat(product(program, x, ROWS, false)).isEqualTo(few);
            assertThat(typeOfFew(program, x, ROWS)).isEqualTo(computed.torchCode());
        }
    }

    @Test
    void leavesTheFormsThatCannotBeMade() throws IOException {
        DeviceProgram program = program(ElementType.FLOAT32);
        Int4Rounding rounding = (Int4Rounding) rounding(program, WeightKind.INT4);
        WeightRows rows = new WeightRows(file(ElementType.FLOAT32, normal(70 * 100, 15), 70, 100), Optional.empty());
        FasterForms forms = new FasterForms(
                program,
                List.of(
                        new QuantizedWeight("w", rows, rounding.withInt8Copy()),
                        new QuantizedWeight("v", rows, rounding.withInt8Copy())));
        program.close();

        assertThat(forms.makeNext()).isFalse();

        assertThat(forms.pendingBytes()).isZero();
        assertThat(forms.makeNext()).isFalse();
    }

    /** Sums that float32 would round are added up as whole numbers, in whatever company their row is. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, false", "BFLOAT16, false", "BFLOAT16, true"})
    void addsUpLargeSumsOfInt4AsWholeNumbers(ElementType computed, boolean hasCopy) throws IOException {
        int outputs = 70;
        int inputs = 8192;
        float[] weight = new float[outputs * inputs];
        Arrays.fill(weight, 1);
        float[] two = normal(2 * inputs, 20);
        Arrays.fill(two, 0, inputs, 1);
        for (int i = inputs; i < two.length; i++) {
            two[i] *= two[i] * two[i];
        }
        float[] large = Arrays.copyOf(two, inputs);
        float[] small = Arrays.copyOfRange(two, inputs, 2 * inputs);
        try (DeviceProgram program = program(computed)) {
            Int4Rounding rounding = (Int4Rounding) rounding(program, WeightKind.INT4);
            QuantizedWeight opened = new QuantizedWeight(
                    "w",
                    new WeightRows(file(ElementType.FLOAT32, weight, outputs, inputs), Optional.empty()),
                    hasCopy ? rounding.withInt8Copy() : rounding);
            opened.open(program, opened.bytes());
            assertThat(new FasterForms(program, List.of(opened)).makeNext()).isEqualTo(hasCopy);

            assertThat(typeOfFew(program, small, 1)).isEqualTo(computed.torchCode());
            assertThat(typeOfFew(program, large, 1)).isNotEqualTo(computed.torchCode());
            assertThat(typeOfFew(program, two, 2)).isNotEqualTo(computed.torchCode());
            float[] alone = product(program, large, 1, false);
            assertThat(alone[0]).isCloseTo(inputs, within(0.02f * inputs));
            assertThat(product(program, large, 1, true)).isEqualTo(alone);
            float[] together = product(program, two, 2, false);
            assertThat(Arrays.copyOf(together, outputs)).isEqualTo(alone);
            assertThat(Arrays.copyOfRange(together, outputs, 2 * outputs)).isEqualTo(product(program, small, 1, false));
        }
    }

    /** The largest numbers, of the same sign and of both, times weights of the largest: what a sum of two products in 16 bits cannot hold. */
    @ParameterizedTest(name = "{0}, many {1}, copy or packed {2}, other way {3}")
    @CsvSource({
        "INT8, false, false, false",
        "INT8, false, false, true",
        "INT8, false, true, false",
        "INT8, false, true, true",
        "INT4, true, false, false",
        "INT4, true, false, true",
        "INT4, true, true, false",
        "INT4, true, true, true",
        "INT4, false, false, false"
    })
    void addsUpTheLargestBytes(WeightKind kind, boolean many, boolean hasForm, boolean otherWay) throws IOException {
        int outputs = 64;
        int inputs = 512;
        float[] weight = new float[outputs * inputs];
        float[] x = new float[3 * inputs];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = i / inputs % 2 == 0 ? 126 : i % 2 == 0 ? -126 : 126;
        }
        for (int i = 0; i < inputs; i++) {
            x[i] = 127;
            x[inputs + i] = -127;
            x[2 * inputs + i] = i % 4 < 2 ? -127 : 126;
        }
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            Rounding rounding = kind == WeightKind.INT8
                    ? new Int8Rounding().packed()
                    : ((Int4Rounding) rounding(program, kind)).withInt8Copy();
            QuantizedWeight opened = new QuantizedWeight(
                    "w",
                    new WeightRows(file(ElementType.FLOAT32, weight, outputs, inputs), Optional.empty()),
                    rounding);
            opened.open(program, opened.bytes());
            if (otherWay) {
                program.execute("saturate");
            }
            if (hasForm) {
                assertThat(new FasterForms(program, List.of(opened)).makeNext()).isTrue();
            }
            float[] product = product(program, x, 3, many);
            float rounded = kind == WeightKind.INT8 ? 1e-5f : 0.03f;
            for (int row = 0; row < 3; row++) {
                for (int output = 0; output < outputs; output++) {
                    float exact = 0;
                    for (int i = 0; i < inputs; i++) {
                        exact += x[row * inputs + i] * weight[output * inputs + i];
                    }
                    assertThat(product[row * outputs + output]).isCloseTo(exact, within(rounded * inputs * 127 * 127));
                }
            }
        }
    }

    /** Two products in place of one, where bytes saturate, have the same results to the last bit. */
    @ParameterizedTest
    @CsvSource({"INT8, BFLOAT16, 1", "INT8, FLOAT32, 40", "INT4, BFLOAT16, 1", "INT4, FLOAT32, 40"})
    void addsUpInTwoPartsToTheSameLastBit(WeightKind kind, ElementType computed, int count) {
        int inputs = 688;
        float[] x = normal(count * inputs, 21);
        try (DeviceProgram program = program(computed)) {
            keep(program, kind, normal(70 * inputs, 22), 70, inputs);
            float[] one = product(program, x, count, true);
            program.execute("saturate");
            assertThat(product(program, x, count, true)).isEqualTo(one);
        }
    }

    private static int typeOfFew(DeviceProgram program, float[] x, int rows) {
        program.put("x", x, rows, x.length / rows);
        try (DeviceTensor input = program.call("weight", "x");
                DeviceTensor type = program.call("type_of_few", input, "w")) {
            return (int) program.floats(type)[0];
        }
    }

    /** Of few rows and of many, and with what was prepared for a weight of the other form, as one of a group is exchanged before the next. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 3, 5", "FLOAT32, 70, 100", "BFLOAT16, 192, 160", "BFLOAT16, 600, 8192"})
    void packsInt8ForTheSameProductsToTheLastBit(ElementType computed, int outputs, int inputs) throws IOException {
        WeightRows rows = new WeightRows(
                file(ElementType.FLOAT32, normal(outputs * inputs, 16), outputs, inputs), Optional.empty());
        List<QuantizedWeight> two = List.of(
                new QuantizedWeight("w", rows, new Int8Rounding().packed()),
                new QuantizedWeight("v", rows, new Int8Rounding().packed()));
        for (int count : new int[] {1, 2, 16, 40, 300}) {
            float[] x = normal(count * inputs, 17);
            try (DeviceProgram program = program(computed)) {
                two.forEach(weight -> weight.open(program, weight.bytes()));
                float[] asTheyLie = product(program, x, count, false);
                FasterForms forms = new FasterForms(program, two);
                assertThat(forms.pendingBytes()).isEqualTo(2L * outputs * inputs);

                assertThat(forms.makeNext()).isTrue();
                assertThat(product(program, x, count, false)).isEqualTo(asTheyLie);
                assertThat(prepared(program, x, count, "w", "v")).isEqualTo(asTheyLie);
                assertThat(prepared(program, x, count, "v", "w")).isEqualTo(asTheyLie);

                assertThat(forms.makeNext()).isTrue();
                assertThat(forms.makeNext()).isFalse();
                assertThat(prepared(program, x, count, "w", "v")).isEqualTo(asTheyLie);
                assertThat(forms.pendingBytes()).isZero();
            }
        }
    }

    /** A weight whose form cannot be made stays as it is, and those after it too. */
    @Test
    void goesOnWithoutAFormThatCannotBeMade() {
        int inputs = 64;
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            keep(program, WeightKind.INT8, normal(3 * inputs, 18), 3, inputs);
            float[] x = normal(inputs, 19);
            float[] before = product(program, x, 1, false);
            FasterForms forms = new FasterForms(
                    program,
                    List.of(
                            new QuantizedWeight("missing", rows(3, inputs), new Int8Rounding().packed()),
                            new QuantizedWeight("w", rows(3, inputs), new Int8Rounding().packed())));

            assertThat(forms.makeNext()).isFalse();

            assertThat(forms.pendingBytes()).isZero();
            assertThat(product(program, x, 1, false)).isEqualTo(before);
        }
    }

    @Test
    void knowsHowThisProcessorPacksInt4() {
        try (DeviceProgram program = program(ElementType.FLOAT32);
                DeviceTensor block = program.call("int4_block")) {
            assertThat(program.floats(block)[0]).isIn(64f, 32f);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, FLOAT32, false",
        "INT8, BFLOAT16, false",
        "INT4, FLOAT32, false",
        "INT4, FLOAT32, true",
        "INT4, BFLOAT16, false",
        "INT4, BFLOAT16, true"
    })
    void givesARowTheSameWholeNumbersInAnyCompany(WeightKind kind, ElementType computed, boolean many) {
        int outputs = 192;
        int inputs = 160;
        float[] x = normal(ROWS * inputs, 4);
        try (DeviceProgram program = program(computed)) {
            keep(program, kind, normal(outputs * inputs, 5), outputs, inputs);
            float[] together = product(program, x, ROWS, many);
            for (int rows : new int[] {1, 2, 3, 7, 16, 33}) {
                assertThat(product(program, Arrays.copyOf(x, rows * inputs), rows, many))
                        .isEqualTo(Arrays.copyOf(together, rows * outputs));
            }
        }
    }

    /** Large and small outputs, a weight of zeros, and groups that are on one side of zero. */
    @ParameterizedTest
    @EnumSource(
            value = WeightKind.class,
            names = {"INT8", "INT4"})
    void keepsEachOutputInItsOwnSteps(WeightKind kind) {
        int inputs = 64;
        float[] weight = new float[4 * inputs];
        Random random = new Random(6);
        for (int i = 0; i < inputs; i++) {
            weight[i] = 1000 * (1 + random.nextFloat());
            weight[inputs + i] = -1e-4f * (1 + random.nextFloat());
            weight[3 * inputs + i] = i == 7 ? 50 : random.nextFloat();
        }
        float[] ones = new float[inputs];
        Arrays.fill(ones, 1);
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            program.put("w", weight, 4, inputs);
            float[] exact = product(program, ones, 1, false);
            keep(program, kind, weight, 4, inputs);
            for (boolean many : new boolean[] {false, true}) {
                float[] kept = product(program, ones, 1, many);
                assertThat(kept[0]).isCloseTo(exact[0], within(exact[0] * 0.02f));
                assertThat(kept[1]).isCloseTo(exact[1], within(-exact[1] * 0.02f));
                assertThat(kept[2]).isZero();
                assertThat(kept[3]).isCloseTo(exact[3], within(exact[3] * 0.25f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WeightKind.class,
            names = {"INT8", "INT4"})
    void addsTheBias(WeightKind kind) {
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            keep(program, kind, normal(64 * 32, 7), 64, 32);
            float[] bias = normal(64, 8);
            float[] x = normal(32, 9);
            float[] without = product(program, x, 1, false);
            try (DeviceTensor input = program.tensor(x, 1, 32);
                    DeviceTensor added = program.tensor(bias, 64);
                    DeviceTensor result = program.call("biased", input, "w", added)) {
                float[] with = program.floats(result);
                for (int i = 0; i < bias.length; i++) {
                    assertThat(with[i]).isCloseTo(without[i] + bias[i], within(1e-4f));
                }
            }
        }
    }

    @Test
    void countsItsBytes() {
        assertThat(new Int8Rounding().bytes(10, 20)).isEqualTo(64 + 200);
        assertThat(new Int4Rounding(ElementType.BFLOAT16, 64).bytes(64, 32)).isEqualTo(64 * (4 + 16 + 4));
        assertThat(Int4Rounding.int8CopyBytes(65, 33)).isEqualTo(128 * 64);
        assertThat(new Int4Rounding(ElementType.FLOAT32, 32).bytes(65, 33)).isEqualTo(128 * (4 + 32 + 16));
    }

    /** From any type of file, and with the adapter in it. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, INT8, 2", "FLOAT16, INT8, 8", "BFLOAT16, INT4, 2", "FLOAT16, INT4, 19"})
    void roundsWeightAndAdapterTogether(ElementType stored, WeightKind kind, int rank) throws IOException {
        int outputs = 600;
        int inputs = 40;
        float[] whole = normal(outputs * inputs, 10);
        float[] up = normal(outputs * rank, 11);
        float[] down = normal(rank * inputs, 12);
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                for (int r = 0; r < rank; r++) {
                    whole[output * inputs + input] += 0.5f * up[rank * output + r] * down[r * inputs + input];
                }
            }
        }
        LowRankChange change = new LowRankChange(
                file(ElementType.FLOAT32, up, outputs, rank), file(ElementType.FLOAT32, down, rank, inputs), 0.5);
        float[] x = normal(inputs, 13);
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            program.put("w", whole, outputs, inputs);
            float[] exact = product(program, x, 1, false);
            program.execute("forget", "w");
            QuantizedWeight weight = new QuantizedWeight(
                    "w",
                    new WeightRows(file(stored, normal(outputs * inputs, 10), outputs, inputs), Optional.of(change)),
                    rounding(program, kind));
            weight.open(program, weight.bytes());

            assertThat(error(product(program, x, 1, false), exact))
                    .isBetween(1e-5, kind == WeightKind.INT8 ? 0.02 : 0.13);
        }
    }

    @Test
    void refusesANumberThatIsNotFinite() throws IOException {
        float[] numbers = new float[64];
        numbers[40] = Float.NaN;
        WeightRows rows = new WeightRows(file(ElementType.FLOAT32, numbers, 2, 32), Optional.empty());
        for (Rounding rounding : List.of(new Int8Rounding(), new Int4Rounding(ElementType.FLOAT32, 64))) {
            QuantizedWeight weight = new QuantizedWeight("w", rows, rounding);

            assertThatThrownBy(weight::bytes)
                    .isInstanceOf(ModelFilesException.class)
                    .hasMessageContaining("tensor w holds a number that is not finite");
        }
    }

    private void keep(DeviceProgram program, WeightKind kind, float[] numbers, int outputs, int inputs) {
        try {
            QuantizedWeight weight = new QuantizedWeight(
                    "w",
                    new WeightRows(file(ElementType.FLOAT32, numbers, outputs, inputs), Optional.empty()),
                    rounding(program, kind));
            program.execute("forget", "w");
            weight.open(program, weight.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rounding rounding(DeviceProgram program, WeightKind kind) {
        try (DeviceTensor block = program.call("int4_block")) {
            return Rounding.of(kind, program.precision(), (int) program.floats(block)[0]);
        }
    }

    private StoredTensor file(ElementType type, float[] numbers, int outputs, int inputs) throws IOException {
        Path file = folder.resolve("weights-" + files++);
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        FloatFormat.encode(type, numbers, numbers.length, bytes);
        Files.write(file, bytes.array());
        return new StoredTensor("w", type, new long[] {outputs, inputs}, new long[] {inputs, 1}, file, 0);
    }

    private static DeviceProgram program(ElementType computed) {
        return DeviceProgram.load(List.of(PROGRAM), ComputeDevice.CPU, computed);
    }

    private WeightRows rows(int outputs, int inputs) {
        return new WeightRows(
                new StoredTensor(
                        "w", ElementType.FLOAT32, new long[] {outputs, inputs}, new long[] {inputs, 1}, folder, 0),
                Optional.empty());
    }

    /** The product with a weight of what was prepared for another. */
    private static float[] prepared(DeviceProgram program, float[] x, int rows, String first, String second) {
        program.put("x", x, rows, x.length / rows);
        try (DeviceTensor input = program.call("weight", "x");
                DeviceTensor result = program.call("shared", input, first, second)) {
            return program.floats(result);
        }
    }

    private static float[] product(DeviceProgram program, float[] x, int rows, boolean many) {
        program.put("x", x, rows, x.length / rows);
        try (DeviceTensor input = program.call("weight", "x");
                DeviceTensor result = program.call("multiplied", input, "w", many)) {
            return program.floats(result);
        }
    }

    private static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** Length of the difference, as a share of the length of what is exact. */
    private static double error(float[] numbers, float[] exact) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < exact.length; i++) {
            difference += Math.pow(numbers[i] - exact[i], 2);
            length += Math.pow(exact[i], 2);
        }
        return Math.sqrt(difference / length);
    }
}
