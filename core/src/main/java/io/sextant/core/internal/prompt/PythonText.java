package io.sextant.core.internal.prompt;

/** Blanks as Python's {@code str} sees them; Java's own idea leaves out the no-break space and others. */
final class PythonText {
    private PythonText() {}

    /** Python's {@code str.isspace} for one character. */
    static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F) || c == 0x85 || Character.isSpaceChar(c);
    }

    /** Python's {@code str.strip()}. */
    static String strip(String text) {
        int first = 0;
        int last = text.length();
        while (first < last && isSpace(text.charAt(first))) {
            first++;
        }
        while (last > first && isSpace(text.charAt(last - 1))) {
            last--;
        }
        return text.substring(first, last);
    }
}
