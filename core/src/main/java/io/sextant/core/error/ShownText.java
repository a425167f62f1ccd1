package io.sextant.core.error;

/** Words that somebody sent, as messages show them: not too long, and on one line. */
public final class ShownText {
    /** Enough to recognise a word by. */
    public static final int USUAL_LENGTH = 40;

    private ShownText() {}

    /** At most {@link #USUAL_LENGTH} characters. */
    public static String of(String text) {
        return of(text, USUAL_LENGTH);
    }

    /**
     * The text, or its beginning and an ellipsis. Control characters, which could pretend to be a line of a log or steer a terminal, are
     * replaced; no character is cut in two.
     *
     * @param most characters shown, at least 1
     */
    public static String of(String text, int most) {
        int end = Math.min(text.length(), most);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        String shown = text.substring(0, end).replaceAll("\\p{Cntrl}", "\uFFFD");
        return end < text.length() ? shown + "…" : shown;
    }
}
