package io.sextant.core.error;

import java.util.regex.Pattern;

/** Words that somebody sent, as messages show them: not too long, and on one line. */
public final class ShownText {
    /** Enough to recognise a word by. */
    public static final int USUAL_LENGTH = 40;

    /**
     * What could pretend to be a further line, steer a terminal, or show words in another order than they are in, as a class of characters of
     * regular expressions: control characters, separators of lines and paragraphs, and those that embed, override or isolate a direction of
     * writing. Marks that only tell of a direction, and what joins letters, belong to words and are none of these.
     */
    public static final String STEERING = "[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]";

    private static final Pattern STEERS = Pattern.compile(STEERING);

    private ShownText() {}

    /** At most {@link #USUAL_LENGTH} characters. */
    public static String of(String text) {
        return of(text, USUAL_LENGTH);
    }

    /**
     * The text, or its beginning and an ellipsis. {@link #STEERING} characters are replaced; no character is cut in two.
     *
     * @param most characters shown, at least 1
     */
    public static String of(String text, int most) {
        int end = Math.min(text.length(), most);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        String shown = STEERS.matcher(text.substring(0, end)).replaceAll("\uFFFD");
        return end < text.length() ? shown + "…" : shown;
    }
}
