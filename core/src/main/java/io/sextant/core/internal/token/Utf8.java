package io.sextant.core.internal.token;

import java.util.function.IntUnaryOperator;

/** UTF-8 as strict as RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /**
     * How many bytes the character at the front takes.
     *
     * @param bytes the byte at a place, 0..255, or -1 past the end
     * @return 1..4, or 0 if no well-formed character stands there
     */
    static int lengthAt(IntUnaryOperator bytes) {
        int lead = bytes.applyAsInt(0);
        int length = lengthByLead(lead);
        for (int i = 1; i < length; i++) {
            int trail = bytes.applyAsInt(i);
            if (trail < 0 || (trail & 0xC0) != 0x80) {
                return 0;
            }
        }
        if (length == 0) {
            return 0;
        }
        int codePoint = codePoint(bytes, length);
        boolean isSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint >= smallest(length) && codePoint <= Character.MAX_CODE_POINT && !isSurrogate ? length : 0;
    }

    /** The character that a well-formed sequence of this length writes. */
    static int codePoint(IntUnaryOperator bytes, int length) {
        int lead = bytes.applyAsInt(0);
        int codePoint = length == 1 ? lead : lead & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | (bytes.applyAsInt(i) & 0x3F);
        }
        return codePoint;
    }

    private static int lengthByLead(int lead) {
        if (lead < 0x80) {
            return 1;
        }
        if ((lead & 0xE0) == 0xC0) {
            return 2;
        }
        if ((lead & 0xF0) == 0xE0) {
            return 3;
        }
        return (lead & 0xF8) == 0xF0 ? 4 : 0;
    }

    private static int smallest(int length) {
        return switch (length) {
            case 1 -> 0;
            case 2 -> 0x80;
            case 3 -> 0x800;
            default -> 0x10000;
        };
    }
}
