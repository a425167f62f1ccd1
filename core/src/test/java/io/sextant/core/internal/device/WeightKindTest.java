package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.internal.weights.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeightKindTest {
    private static final String PROGRAM = "/io/sextant/core/internal/device/products.py";
    private static final int ROWS = 40;

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
            program.keep("w", kind);

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
            program.put("w", normal(outputs * inputs, 3), outputs, inputs);
            program.keep("w", WeightKind.INT4);
            float[] unit = new float[inputs * inputs];
            for (int i = 0; i < inputs; i++) {
                unit[i * inputs + i] = 1;
            }
            float[] few = product(program, unit, inputs, false);
            float[] many = product(program, unit, inputs, true);
            for (int i = 0; i < few.length; i++) {
                assertThat(many[i]).isCloseTo(few[i], within(1e-5f));
            }
        }
    }

    @Test
    void knowsHowThisProcessorPacksInt4() {
        try (DeviceProgram program = program(ElementType.FLOAT32);
                DeviceTensor block = program.call("block")) {
            assertThat(program.floats(block)[0]).isIn(64f, 32f);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT8, FLOAT32, false", "INT8, BFLOAT16, false", "INT4, FLOAT32, true", "INT4, BFLOAT16, true"})
    void givesARowTheSameWholeNumbersInAnyCompany(WeightKind kind, ElementType computed, boolean many) {
        int outputs = 192;
        int inputs = 160;
        float[] x = normal(ROWS * inputs, 4);
        try (DeviceProgram program = program(computed)) {
            program.put("w", normal(outputs * inputs, 5), outputs, inputs);
            program.keep("w", kind);
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
            program.keep("w", kind);
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
    @EnumSource(WeightKind.class)
    void addsTheBias(WeightKind kind) {
        try (DeviceProgram program = program(ElementType.FLOAT32)) {
            program.put("w", normal(64 * 32, 7), 64, 32);
            program.keep("w", kind);
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
        assertThat(WeightKind.AS_IS.bytes(10, 20, 2)).isEqualTo(400);
        assertThat(WeightKind.INT8.bytes(10, 20, 2)).isEqualTo(240);
        assertThat(WeightKind.INT4.bytes(64, 32, 2)).isEqualTo(64 * (16 + 4 + 4));
        assertThat(WeightKind.INT4.bytes(65, 33, 4)).isEqualTo(128 * (32 + 16 + 4));
    }

    private static DeviceProgram program(ElementType computed) {
        return DeviceProgram.load(List.of(PROGRAM), ComputeDevice.CPU, computed);
    }

    private static float[] product(DeviceProgram program, float[] x, int rows, boolean many) {
        program.put("x", x, rows, x.length / rows);
        try (DeviceTensor input = program.call("weight", "x");
                DeviceTensor result = program.call("product", input, "w", many)) {
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
