package io.sextant.core.internal.prompt;

import java.util.Arrays;
import java.util.Locale;

/**
 * The reference's training text processor, {@code blip_caption} (blip_processors.py:28-68): lower case, most punctuation to
 * blanks, blanks collapsed, at most 50 words. The released weights were trained on such questions.
 */
public final class ReferenceTextProcessor {
    private static final int MAX_WORDS = 50;
    private static final String DROPPED = ".!\"()*#:;~";

    private ReferenceTextProcessor() {}

    /** The text as the reference's training sees it. */
    public static String process(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        StringBuilder collapsed = new StringBuilder(lower.length());
        int spaces = 0;
        for (int i = 0; i < lower.length(); i++) {
            char c = DROPPED.indexOf(lower.charAt(i)) >= 0 ? ' ' : lower.charAt(i);
            if (!PythonText.isSpace(c)) {
                spaces = 0;
                collapsed.append(c);
            } else if (++spaces == 1) {
                collapsed.append(c);
            } else {
                collapsed.setCharAt(collapsed.length() - 1, ' ');
            }
        }
        String stripped = stripStart(stripEnd(stripEnd(collapsed.toString(), '\n'), ' '), ' ');
        String[] words = stripped.split(" ", -1);
        return words.length <= MAX_WORDS ? stripped : String.join(" ", Arrays.copyOf(words, MAX_WORDS));
    }

    private static String stripEnd(String text, char what) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == what) {
            end--;
        }
        return text.substring(0, end);
    }

    private static String stripStart(String text, char what) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == what) {
            start++;
        }
        return text.substring(start);
    }
}
