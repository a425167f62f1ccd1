package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.internal.weights.ElementType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The softmax attention that all programs share, against the formula. */
class AttentionTest {
    private static final String PROGRAM = "/io/sextant/core/internal/device/attention.py";
    private static final int WIDTH = 8;
    private static final float HIDDEN = -1e30f;

    /** The last numbers: heads whose scores are more than what is kept at a time, so that they go in parts. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT32,3,5,0.0001",
        "BFLOAT16,3,1,0.03",
        "BFLOAT16,3,5,0.03",
        "BFLOAT16,5,1000,0.03",
        "FLOAT16,3,5,0.004",
        "FLOAT16,5,1000,0.004"
    })
    void isTheWeightedMeanOfWhatMayBeSeen(ElementType type, int heads, int length, double tolerance) {
        float[] query = normal(heads * length * WIDTH, 1);
        float[] keys = normal(heads * length * WIDTH, 2);
        float[] values = normal(heads * length * WIDTH, 3);
        float[] bias = causal(length);
        try (DeviceProgram program = DeviceProgram.load(List.of(PROGRAM), ComputeDevice.CPU, type);
                DeviceTensor q = program.tensor(query, 1, heads, length, WIDTH);
                DeviceTensor k = program.tensor(keys, 1, heads, length, WIDTH);
                DeviceTensor v = program.tensor(values, 1, heads, length, WIDTH);
                DeviceTensor b = program.tensor(bias, length, length);
                DeviceTensor result = program.call("attention", q, k, v, b, type.torchCode())) {
            float[] found = program.floats(result);
            assertThat(found).hasSize(query.length);
            for (int head = 0; head < heads; head++) {
                for (int row : new int[] {0, length / 2, length - 1}) {
                    double[] exact = exact(query, keys, values, bias, head, row, length);
                    for (int i = 0; i < WIDTH; i++) {
                        assertThat((double) found[(head * length + row) * WIDTH + i])
                                .as("head %d, row %d, number %d", head, row, i)
                                .isCloseTo(exact[i], within(tolerance));
                    }
                }
            }
        }
    }

    /** The first position sees itself alone, whatever the others are. */
    @Test
    void hiddenPositionsCountForNothing() {
        float[] numbers = normal(2 * 4 * WIDTH, 4);
        try (DeviceProgram program = DeviceProgram.load(List.of(PROGRAM), ComputeDevice.CPU, ElementType.BFLOAT16);
                DeviceTensor x = program.tensor(numbers, 1, 2, 4, WIDTH);
                DeviceTensor b = program.tensor(causal(4), 4, 4);
                DeviceTensor result = program.call("attention", x, x, x, b, ElementType.BFLOAT16.torchCode())) {
            float[] found = program.floats(result);
            for (int i = 0; i < WIDTH; i++) {
                assertThat(found[i]).isCloseTo(numbers[i], within(0.02f));
            }
        }
    }

    private static double[] exact(
            float[] query, float[] keys, float[] values, float[] bias, int head, int row, int length) {
        double[] result = new double[WIDTH];
        double sum = 0;
        for (int other = 0; other < length; other++) {
            double score = 0;
            for (int i = 0; i < WIDTH; i++) {
                score += query[(head * length + row) * WIDTH + i] * keys[(head * length + other) * WIDTH + i];
            }
            double weight = Math.exp(score / Math.sqrt(WIDTH) + bias[row * length + other]);
            sum += weight;
            for (int i = 0; i < WIDTH; i++) {
                result[i] += weight * values[(head * length + other) * WIDTH + i];
            }
        }
        for (int i = 0; i < WIDTH; i++) {
            result[i] /= sum;
        }
        return result;
    }

    private static float[] causal(int length) {
        float[] bias = new float[length * length];
        for (int row = 0; row < length; row++) {
            for (int column = row + 1; column < length; column++) {
                bias[row * length + column] = HIDDEN;
            }
        }
        return bias;
    }

    private static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
