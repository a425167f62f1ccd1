package io.sextant.core.internal.grammar;

import io.sextant.core.grammar.AnswerGrammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the text so far has come in writing a control word: the longest of its ends that begins one. All control words are
 * ASCII.
 */
final class ControlWords {
    /** Nothing of any word. */
    static final int NOTHING = 0;

    /** A whole word has been written. */
    static final int WRITTEN = -1;

    private static final int ASCII = 128;
    private static final int[][] NEXT = automaton();

    private ControlWords() {}

    /** Where a byte, 0..255, leads from {@link #NOTHING} or what an earlier call gave. */
    static int next(int state, int value) {
        return value < ASCII && state != WRITTEN ? NEXT[state][value] : NOTHING;
    }

    private static int[][] automaton() {
        List<String> prefixes = new ArrayList<>(List.of(""));
        for (String word : AnswerGrammar.CONTROL_WORDS) {
            for (int length = 1; length < word.length(); length++) {
                String prefix = word.substring(0, length);
                if (!prefixes.contains(prefix)) {
                    prefixes.add(prefix);
                }
            }
        }
        int[][] next = new int[prefixes.size()][ASCII];
        for (int state = 0; state < next.length; state++) {
            for (int value = 0; value < ASCII; value++) {
                String written = prefixes.get(state) + new String(new byte[] {(byte) value}, StandardCharsets.US_ASCII);
                next[state][value] = longestEnd(written, prefixes);
            }
        }
        return next;
    }

    private static int longestEnd(String written, List<String> prefixes) {
        if (AnswerGrammar.CONTROL_WORDS.stream().anyMatch(written::endsWith)) {
            return WRITTEN;
        }
        for (int start = 0; start < written.length(); start++) {
            int state = prefixes.indexOf(written.substring(start));
            if (state >= 0) {
                return state;
            }
        }
        return NOTHING;
    }
}
