package io.sextant.app.console;

import io.sextant.core.error.ShownText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text from outside as terminals and logs may have it: names of files and words of senders or models can hold control characters, which
 * move the cursor, change colours, turn words round, or pretend to be further lines.
 */
public final class Printable {
    private static final Pattern CONTROL = Pattern.compile(ShownText.STEERING);
    private static final Pattern CONTROL_IN_LINE = Pattern.compile("[" + ShownText.STEERING + "&&[^\\n]]");

    private Printable() {}

    /** On one line; control characters are written as {@code \n} and so on. */
    public static String line(String text) {
        return CONTROL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
    }

    /** Line breaks stay; every other control character becomes a visible mark. */
    public static String lines(String text) {
        return CONTROL_IN_LINE.matcher(text).replaceAll("\uFFFD");
    }

    private static String escaped(String control) {
        return switch (control) {
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            default -> String.format("\\u%04x", (int) control.charAt(0));
        };
    }
}
