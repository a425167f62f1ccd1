package io.sextant.connectors.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text bodies, whatever Unicode encoding they come in: with a byte order mark, or told by where their zero bytes lie. */
final class BodyText {
    private static final int LOOKED_AT = 512;
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

    private BodyText() {}

    /**
     * A body in UTF-8 and without byte order mark; one that is in no other encoding, an image for instance, as it is.
     *
     * @throws CharacterCodingException if it is marked as text of an encoding that it does not follow
     */
    static byte[] utf8(byte[] body) throws CharacterCodingException {
        byte[] unmarked = withoutMarks(body);
        if (unmarked != body) {
            return unmarked;
        }
        if (startsWith(body, 0xFF, 0xFE, 0, 0)) {
            return converted(body, 4, UTF_32LE);
        }
        if (startsWith(body, 0, 0, 0xFE, 0xFF)) {
            return converted(body, 4, UTF_32BE);
        }
        if (startsWith(body, 0xFF, 0xFE)) {
            return converted(body, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(body, 0xFE, 0xFF)) {
            return converted(body, 2, StandardCharsets.UTF_16BE);
        }
        if (isUtf16(body, 0)) {
            return converted(body, 0, StandardCharsets.UTF_16LE);
        }
        return isUtf16(body, 1) ? converted(body, 0, StandardCharsets.UTF_16BE) : body;
    }

    /** UTF-8 without byte order marks; writers that convert text of others put a second one in front of theirs. */
    static byte[] withoutMarks(byte[] utf8) {
        int from = 0;
        while (isMark(utf8, from)) {
            from += 3;
        }
        return from == 0 ? utf8 : Arrays.copyOfRange(utf8, from, utf8.length);
    }

    private static boolean isMark(byte[] utf8, int from) {
        return utf8.length >= from + 3
                && utf8[from] == (byte) 0xEF
                && utf8[from + 1] == (byte) 0xBB
                && utf8[from + 2] == (byte) 0xBF;
    }

    /** JSON and references begin with two Latin letters; the images that are read begin otherwise. */
    private static boolean isUtf16(byte[] body, int latin) {
        int zero = 1 - latin;
        return body.length >= 4
                && body.length % 2 == 0
                && body[zero] == 0
                && body[zero + 2] == 0
                && isLatin(body[latin])
                && isLatin(body[latin + 2]);
    }

    private static boolean isLatin(byte letter) {
        return (letter >= ' ' && letter < 127) || letter == '\t' || letter == '\r' || letter == '\n';
    }

    private static boolean startsWith(byte[] body, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (body.length <= i || (body[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] converted(byte[] body, int from, Charset charset) throws CharacterCodingException {
        ByteBuffer text = ByteBuffer.wrap(body, from, body.length - from);
        return withoutMarks(charset.newDecoder().decode(text).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The first letter that is no white space, 0 where there is none. */
    static char first(byte[] utf8) {
        for (byte letter : utf8) {
            if (!isBlank(letter)) {
                return (char) (letter & 0xFF);
            }
        }
        return 0;
    }

    /** Whether there is nothing but white space. */
    static boolean isBlank(byte[] utf8) {
        for (byte letter : utf8) {
            if (!isBlank(letter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte letter) {
        return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
    }

    /** Whether bytes begin as text does, without control characters. */
    static boolean isText(byte[] utf8) {
        for (int i = 0; i < Math.min(LOOKED_AT, utf8.length); i++) {
            int letter = utf8[i] & 0xFF;
            boolean isControl = (letter < ' ' && letter != '\t' && letter != '\r' && letter != '\n') || letter == 127;
            if (isControl) {
                return false;
            }
        }
        return true;
    }
}
