package io.sextant.core.grammar;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** What the parts of a grammar have in common: checks of their values, and how these are written in a definition. */
final class Texts {
    private static final int LONGEST = 1000;
    private static final int DIGEST_LETTERS = 16;

    /** What pieces of the vocabulary write for a blank; no tokenizer can tell the two apart. */
    private static final char BLANK_OF_PIECES = '\u2581';

    private Texts() {}

    static void requireWritable(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A literal text has at most " + LONGEST + " characters, had " + text.length());
        }
        boolean isStrange = text.codePoints()
                .anyMatch(c -> Character.isISOControl(c)
                        || c == BLANK_OF_PIECES
                        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (isStrange) {
            throw new IllegalArgumentException(
                    "A literal text holds no control characters, half surrogate pairs or U+2581, was \"" + text + "\"");
        }
        for (String word : AnswerGrammar.CONTROL_WORDS) {
            if (text.contains(word)) {
                throw new IllegalArgumentException(
                        "An answer cannot hold " + word + ", which is taken for its end, was \"" + text + "\"");
            }
        }
    }

    /** What is taken off the ends of an answer: also blanks that break no line, which Java's own idea of white space leaves out. */
    static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static void requireTimes(int min, int max) {
        if (min < 0 || max < 1 || min > max) {
            throw new IllegalArgumentException("How often needs 0 <= min <= max and max >= 1, was " + min + ".." + max);
        }
    }

    static List<AnswerGrammar> requireParts(List<AnswerGrammar> parts) {
        List<AnswerGrammar> copy = List.copyOf(parts);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("A grammar needs at least one part, had none");
        }
        if (copy.contains(AnswerGrammar.free())) {
            throw new IllegalArgumentException("free() stands alone; inside of a grammar write anyText");
        }
        return copy;
    }

    static void requireFewOptions(List<AnswerGrammar> options) {
        int count = options(options);
        if (count > AnswerGrammar.Either.MOST_OPTIONS) {
            throw new IllegalArgumentException("One of several needs options, at most "
                    + AnswerGrammar.Either.MOST_OPTIONS + ", had " + count + "; make texts a closed set with oneOf.");
        }
    }

    /** With those of options that are one of several themselves, which have few. */
    private static int options(List<AnswerGrammar> options) {
        return options.stream()
                .mapToInt(option -> option instanceof AnswerGrammar.Either either ? options(either.options()) : 1)
                .sum();
    }

    /** Whether a grammar has the empty text. */
    static boolean mayBeEmpty(AnswerGrammar grammar) {
        if (grammar instanceof AnswerGrammar.Boxes boxes) {
            return boxes.min() == 0;
        }
        if (grammar instanceof AnswerGrammar.Phrases phrases) {
            return phrases.min() == 0;
        }
        if (grammar instanceof AnswerGrammar.Text literal) {
            return literal.text().isEmpty();
        }
        if (grammar instanceof AnswerGrammar.AnyText any) {
            return any.minCharacters() == 0;
        }
        if (grammar instanceof AnswerGrammar.Sequence sequence) {
            return sequence.parts().stream().allMatch(Texts::mayBeEmpty);
        }
        if (grammar instanceof AnswerGrammar.Either either) {
            return either.options().stream().anyMatch(Texts::mayBeEmpty);
        }
        if (grammar instanceof AnswerGrammar.Repeat repeat) {
            return repeat.min() == 0;
        }
        return grammar instanceof AnswerGrammar.Free;
    }

    static String times(int min, int max) {
        return min + ".." + (max == AnswerGrammar.UNLIMITED ? "" : max);
    }

    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String definitions(List<AnswerGrammar> parts) {
        return parts.stream().map(AnswerGrammar::definition).collect(Collectors.joining(","));
    }

    static String digest(String text) {
        return DigestUtils.sha256Hex(text).substring(0, DIGEST_LETTERS);
    }
}
