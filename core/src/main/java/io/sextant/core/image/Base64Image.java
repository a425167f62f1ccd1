package io.sextant.core.image;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Images as text: Base64 with the standard letters or those of URLs and file names, with or without padding and line breaks,
 * bare or in a data URI.
 */
public final class Base64Image {
    private static final String DATA_URI = "data:";

    private Base64Image() {}

    /** Whether a text is a data URI, of whatever kind. */
    public static boolean isDataUri(String text) {
        return text.regionMatches(true, 0, DATA_URI, 0, DATA_URI.length());
    }

    /**
     * What a text holds.
     *
     * @throws IllegalArgumentException if it is no Base64, with the end of a sentence that begins with what the text is
     */
    public static byte[] decode(String text) {
        String letters = text.strip();
        if (isDataUri(letters)) {
            int comma = letters.indexOf(',');
            if (comma < 0
                    || !letters.substring(0, comma)
                            .toLowerCase(Locale.ROOT)
                            .strip()
                            .endsWith(";base64")) {
                throw new IllegalArgumentException(
                        "is a data URI that is not written as data:image/jpeg;base64, and the image in Base64");
            }
            letters = letters.substring(comma + 1);
        }
        try {
            return Base64.getDecoder().decode(standard(letters));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no Base64: " + e.getMessage(), e);
        }
    }

    /** The image that a text is, empty where it is none in Base64. */
    public static Optional<byte[]> image(String text) {
        try {
            return Optional.of(decode(text))
                    .filter(bytes -> ImageFormat.of(bytes).isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In the letters of RFC 4648, section 4, without white space; in URIs, '+', '/' and '=' may come as escapes. */
    private static byte[] standard(String text) {
        byte[] letters = new byte[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '%' && i + 2 < text.length()) {
                letter = escaped(text.substring(i + 1, i + 3));
                i += 2;
            }
            if (!Character.isWhitespace(letter)) {
                letters[count++] = (byte)
                        switch (letter) {
                            case '-' -> '+';
                            case '_' -> '/';
                            default -> letter < 128 ? letter : '?';
                        };
            }
        }
        return Arrays.copyOf(letters, count);
    }

    private static char escaped(String hex) {
        return switch (hex.toUpperCase(Locale.ROOT)) {
            case "2B" -> '+';
            case "2F" -> '/';
            case "3D" -> '=';
            case "0A", "0D", "20" -> ' ';
            default -> '?';
        };
    }
}
