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
        String stripped = strip(strip(collapsed, 0, "\n"), 1, " ");
        String[] words = stripped.split(" ", -1);
        return words.length <= MAX_WORDS ? stripped : String.join(" ", Arrays.copyOf(words, MAX_WORDS));
    }

    private static String strip(CharSequence text, int bothEnds, String what) {
        int first = 0;
        int last = text.length();
        while (last > first && what.indexOf(text.charAt(last - 1)) >= 0) {
            last--;
        }
        while (bothEnds == 1 && first < last && what.indexOf(text.charAt(first)) >= 0) {
            first++;
        }
        return text.subSequence(first, last).toString();
    }
}
