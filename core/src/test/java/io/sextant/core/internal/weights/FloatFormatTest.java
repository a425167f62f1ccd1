package io.sextant.core.internal.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FloatFormatTest {
    @Test
    void everyHalfSurvivesTheWayToFloatAndBack() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            float value = FloatFormat.halfToFloat((short) bits);
            if (Float.isNaN(value)) {
                assertThat(bits & 0x7C00).isEqualTo(0x7C00);
            } else {
                assertThat(FloatFormat.floatToHalf(value)).isEqualTo((short) bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x3C00, 1.0",
        "0xC000, -2.0",
        "0x7BFF, 65504.0",
        "0x0001, 5.9604645e-8",
        "0x0400, 6.1035156e-5",
        "0x3555, 0.33325195",
        "0x7C00, Infinity",
        "0xFC00, -Infinity",
        "0x8000, -0.0"
    })
    void widensHalvesExactly(String bits, float value) {
        assertThat(FloatFormat.halfToFloat(Integer.decode(bits).shortValue())).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1.00048828125, 0x3C00", // half-way, to even
        "1.00146484375, 0x3C02", // half-way, to even
        "1.0004884, 0x3C01",
        "65519.996, 0x7BFF",
        "65520.0, 0x7C00",
        "1e30, 0x7C00",
        "2.9802322e-8, 0x0000", // half the smallest, to even
        "2.9802326e-8, 0x0001",
        "6.1020e-5, 0x0400"
    })
    void roundsFloatsToTheNearestHalf(float value, String bits) {
        assertThat(FloatFormat.floatToHalf(value))
                .isEqualTo(Integer.decode(bits).shortValue());
    }

    @ParameterizedTest
    @CsvSource({"1.0, 0x3F80", "1.00390625, 0x3F80", "1.01171875, 0x3F82", "-3.140625, 0xC049", "0.0, 0x0000"})
    void roundsFloatsToTheNearestBrainFloat(float value, String bits) {
        assertThat(FloatFormat.floatToBrain(value))
                .isEqualTo(Integer.decode(bits).shortValue());
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT16", "BFLOAT16", "FLOAT64"})
    void findsTheFirstValueThatIsNotFiniteAtEveryPlace(ElementType type) {
        for (int count = 0; count < 12; count++) {
            for (int place = 0; place < count; place++) {
                ByteBuffer bytes = largestFiniteValues(type, count);
                assertThat(FloatFormat.firstNonFinite(type, bytes, count)).isEqualTo(-1);
                for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    put(type, bytes, place, broken);
                    put(type, bytes, count - 1, broken);
                    assertThat(FloatFormat.firstNonFinite(type, bytes, count)).isEqualTo(place);
                    assertThat(FloatFormat.firstNonFinite(type, bytes, place)).isEqualTo(-1);
                }
            }
        }
    }

    private static ByteBuffer largestFiniteValues(ElementType type, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
        double largest = switch (type) {
            case FLOAT16 -> -65504;
            case BFLOAT16 -> -0x1.FEp127;
            case FLOAT32 -> -Float.MAX_VALUE;
            default -> -Double.MAX_VALUE;
        };
        for (int i = 0; i < count; i++) {
            put(type, bytes, i, largest);
        }
        return bytes;
    }

    private static void put(ElementType type, ByteBuffer bytes, int index, double value) {
        ByteBuffer one = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.FLOAT64) {
            one.putDouble(value);
        } else {
            FloatFormat.encode(type, new float[] {(float) value}, 1, one);
        }
        bytes.put(index * type.bytes(), one.array(), 0, type.bytes());
    }
}
