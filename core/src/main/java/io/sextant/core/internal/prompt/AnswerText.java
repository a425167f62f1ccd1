package io.sextant.core.internal.prompt;

import io.sextant.core.GeneratedToken;
import io.sextant.core.internal.token.DecodedText;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The answer that generated ids say, cleaned up as the reference's {@code generate} does (minigpt_base.py:381-389): special
 * pieces skipped, cut at {@code </s>}, {@code <s>} deleted, only what follows the last {@code [/INST]}, blanks at both ends
 * stripped.
 *
 * @param text the cleaned-up answer
 * @param tokens one per generated id, with its place in the text; ids that left nothing there span nothing, at the nearest place
 */
public record AnswerText(String text, List<GeneratedToken> tokens) {
    private static final String STOP = "</s>";
    private static final String BEGIN = "<s>";
    private static final String CLOSE = "[/INST]";

    public AnswerText {
        Objects.requireNonNull(text, "text");
        tokens = List.copyOf(tokens);
    }

    /**
     * Cleans up.
     *
     * @param generatedIds new tokens only or with the reference's leading BOS, end of sequence included where it was written
     * @param probabilities one per id, 0..1
     */
    public static AnswerText of(LlamaTokenizer tokenizer, int[] generatedIds, double[] probabilities) {
        if (probabilities.length != generatedIds.length) {
            throw new IllegalArgumentException(
                    "Each of " + generatedIds.length + " ids needs a probability, were " + probabilities.length);
        }
        DecodedText decoded = tokenizer.decodeWithSpans(generatedIds, true);
        String raw = decoded.text();
        boolean[] isKept = keptCharacters(raw);
        int[] place = new int[raw.length() + 1];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            place[i] = text.length();
            if (isKept[i]) {
                text.append(raw.charAt(i));
            }
        }
        place[raw.length()] = text.length();
        List<GeneratedToken> tokens = new ArrayList<>(generatedIds.length);
        for (int i = 0; i < generatedIds.length; i++) {
            tokens.add(new GeneratedToken(
                    generatedIds[i], place[decoded.starts()[i]], place[decoded.ends()[i]], probabilities[i]));
        }
        return new AnswerText(text.toString(), tokens);
    }

    /** What the reference's {@code Chat.answer} keeps of an answer (conversation.py:188-194). */
    static String keptByChat(String answer) {
        int end = answer.indexOf("###");
        String head = end < 0 ? answer : answer.substring(0, end);
        int label = head.lastIndexOf("Assistant:");
        return PythonText.strip(label < 0 ? head : head.substring(label + "Assistant:".length()));
    }

    private static boolean[] keptCharacters(String raw) {
        int stop = raw.indexOf(STOP);
        int end = stop < 0 ? raw.length() : stop;
        boolean[] isKept = new boolean[raw.length()];
        StringBuilder left = new StringBuilder();
        int[] origin = new int[end];
        for (int i = 0; i < end; i++) {
            if (raw.startsWith(BEGIN, i)) {
                i += BEGIN.length() - 1;
                continue;
            }
            origin[left.length()] = i;
            left.append(raw.charAt(i));
        }
        int close = left.lastIndexOf(CLOSE);
        int first = close < 0 ? 0 : close + CLOSE.length();
        int last = left.length();
        while (first < last && PythonText.isSpace(left.charAt(first))) {
            first++;
        }
        while (last > first && PythonText.isSpace(left.charAt(last - 1))) {
            last--;
        }
        for (int i = first; i < last; i++) {
            isKept[origin[i]] = true;
        }
        return isKept;
    }
}
