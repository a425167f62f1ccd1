package io.sextant.core.internal.weights;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** The floating-point formats of weight files, to and from Java's {@code float}. Buffers are little-endian. */
public final class FloatFormat {
    // float16 is 1 sign, 5 exponent (bias 15) and 10 mantissa bits; bfloat16 is the upper half of a float32.
    private static final int HALF_EXPONENT = 0x7C00;
    private static final int FLOAT_EXPONENT = 0x7F800000;
    private static final long DOUBLE_EXPONENT = 0x7FF0000000000000L;

    private FloatFormat() {}

    /**
     * Widens as many elements as the target range takes.
     *
     * @param type one of the four float types
     * @param source at least {@code count} elements from its position on, which is advanced
     */
    public static void decode(ElementType type, ByteBuffer source, float[] target, int offset, int count) {
        switch (type) {
            case FLOAT32 -> {
                source.asFloatBuffer().get(target, offset, count);
                source.position(source.position() + 4 * count);
            }
            case FLOAT16 -> {
                ShortBuffer halves = source.asShortBuffer();
                for (int i = 0; i < count; i++) {
                    target[offset + i] = halfToFloat(halves.get(i));
                }
                source.position(source.position() + 2 * count);
            }
            case BFLOAT16 -> {
                ShortBuffer upper = source.asShortBuffer();
                for (int i = 0; i < count; i++) {
                    target[offset + i] = Float.intBitsToFloat(upper.get(i) << 16);
                }
                source.position(source.position() + 2 * count);
            }
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    target[offset + i] = (float) source.getDouble();
                }
            }
            default -> throw new IllegalArgumentException(type + " is not a float type");
        }
    }

    /**
     * Index of the first NaN or infinity among {@code count} elements from the buffer's position on, or -1.
     *
     * <p>Eight bytes at a time: a value is not finite if its exponent bits are all 1. Adding the exponent's lowest bit to the
     * exponent bits alone carries into the sign's place exactly then, and never into the neighbour.
     */
    static int firstNonFinite(ElementType type, ByteBuffer source, int count) {
        if (!type.isFloat()) {
            return -1;
        }
        long exponent = exponentBits(type);
        long sign = signBits(type);
        long lowest = exponent & ~(exponent << 1);
        int start = source.position();
        int length = count * type.bytes();
        for (int at = 0; at < length; at += 8) {
            long bits = at + 8 <= length ? source.getLong(start + at) : rest(source, start + at, length - at);
            long notFinite = (bits & exponent) + lowest & sign;
            if (notFinite != 0) {
                return (at + Long.numberOfTrailingZeros(notFinite) / 8) / type.bytes();
            }
        }
        return -1;
    }

    private static long rest(ByteBuffer source, int start, int length) {
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits |= Byte.toUnsignedLong(source.get(start + i)) << (8 * i);
        }
        return bits;
    }

    /** The exponent's bits of all values in eight bytes. */
    private static long exponentBits(ElementType type) {
        return switch (type) {
            case FLOAT16 -> 0x7C007C007C007C00L;
            case BFLOAT16 -> 0x7F807F807F807F80L;
            case FLOAT32 -> 0x7F8000007F800000L;
            default -> DOUBLE_EXPONENT;
        };
    }

    private static long signBits(ElementType type) {
        return switch (type.bytes()) {
            case 2 -> 0x8000800080008000L;
            case 4 -> 0x8000000080000000L;
            default -> Long.MIN_VALUE;
        };
    }

    /** Rounds to FLOAT32, FLOAT16 or BFLOAT16 and puts at the buffer's position. */
    public static void encode(ElementType type, float[] source, int count, ByteBuffer target) {
        for (int i = 0; i < count; i++) {
            switch (type) {
                case FLOAT32 -> target.putFloat(source[i]);
                case FLOAT16 -> target.putShort(floatToHalf(source[i]));
                case BFLOAT16 -> target.putShort(floatToBrain(source[i]));
                default -> throw new IllegalArgumentException(type + " is not written");
            }
        }
    }

    /** Exact. */
    static float halfToFloat(short bits) {
        int sign = (bits & 0x8000) << 16;
        int magnitude = (bits & 0x7FFF) << 13;
        // The exponent's bias is mended by the multiplication, which is exact and makes small numbers what they are,
        // too.
        return (bits & HALF_EXPONENT) == HALF_EXPONENT
                ? Float.intBitsToFloat(sign | FLOAT_EXPONENT | magnitude)
                : Float.intBitsToFloat(sign | Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * 0x1p112f));
    }

    /** Rounds to nearest, ties to even; beyond the range gives infinity. */
    static short floatToHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        if (magnitude >= FLOAT_EXPONENT) {
            return (short) (sign | HALF_EXPONENT | (magnitude > FLOAT_EXPONENT ? 0x0200 : 0));
        }
        if (magnitude
                < 0x38800000) { // below the smallest normal float16: scaled so that rounding falls on its last bit
            return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
        }
        int rounded = magnitude + 0x0FFF + (magnitude >>> 13 & 1) - (112 << 23);
        return (short) (sign | Math.min(rounded >>> 13, HALF_EXPONENT));
    }

    /** Rounds a finite value to nearest, ties to even. */
    static short floatToBrain(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
