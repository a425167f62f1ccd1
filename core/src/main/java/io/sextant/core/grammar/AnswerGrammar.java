package io.sextant.core.grammar;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an answer may look like. The model then writes nothing else, whatever its weights: every token that no text of the grammar
 * could go on with is out of the choice. Grammars are values; equal ones are compiled once for a tokenizer.
 *
 * <p>A grammar speaks of the answer with the blanks at both ends stripped, as results are. It says nothing about how a text is cut
 * into tokens; every way is allowed. An answer that runs out of tokens is brought to a proper end within them.
 */
public sealed interface AnswerGrammar {
    /** Texts no answer can hold, because they are taken for the marks around it. Literals must not hold them; free text does not. */
    List<String> CONTROL_WORDS = List.of("<s>", "</s>", "[/INST]");

    /** The largest number of times for "as often as you like". */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * Every detail of the grammar as text: equal for equal grammars and for no others, the same in every version that writes the same
     * answers.
     */
    String definition();

    /** The {@link #definition} where it is short, else its kind and the digest of it; for result ids and logs. At most 64 characters. */
    default String id() {
        String definition = definition();
        if (definition.length() <= 64) {
            return definition;
        }
        String kind = definition.substring(0, definition.indexOf('('));
        return kind + "-" + Texts.digest(definition);
    }

    /** No constraint: the model writes what it would write. */
    static AnswerGrammar free() {
        return new Free();
    }

    /** One box, <code>{&lt;xMin&gt;&lt;yMin&gt;&lt;xMax&gt;&lt;yMax&gt;}</code>: 0 to 100 each, xMin at most xMax, yMin at most yMax. */
    static AnswerGrammar box() {
        return new Box();
    }

    /**
     * Boxes joined by {@code <delim>}.
     *
     * @param min 0 or more
     * @param max min to {@link #UNLIMITED}, at least 1
     */
    static AnswerGrammar boxes(int min, int max) {
        return new Boxes(min, max);
    }

    /**
     * Phrases with a blank between them, each with its boxes or without any: {@code <p>phrase</p> {…}<delim>{…}}.
     *
     * @param min 0 or more
     * @param max min to {@link #UNLIMITED}, at least 1
     */
    static AnswerGrammar phrases(int min, int max) {
        return new Phrases(min, max);
    }

    /** A text without braces and angle brackets, some of whose phrases are written {@code <p>phrase</p> {…}<delim>{…}}. Not empty. */
    static AnswerGrammar groundedText() {
        return new GroundedText();
    }

    /**
     * One of a closed set of texts, spelled exactly so.
     *
     * @param texts at least one; not blank, no blanks at their ends, all different
     */
    static AnswerGrammar oneOf(List<String> texts) {
        return new OneOf(texts);
    }

    /** {@code yes} or {@code no}, as the model was trained to write them. */
    static AnswerGrammar yesNo() {
        return new OneOf(List.of("yes", "no"));
    }

    /** A whole number within bounds, see {@link Number}. */
    static AnswerGrammar number(long min, long max) {
        return new Number(min, max, 0);
    }

    /** Exactly this text. */
    static AnswerGrammar text(String text) {
        return new Text(text);
    }

    /**
     * Any text that is not blank.
     *
     * @param maxCharacters 1 to {@link #UNLIMITED}
     * @param excluded see {@link AnyText}
     */
    static AnswerGrammar anyText(int maxCharacters, String excluded) {
        return new AnyText(1, maxCharacters, excluded);
    }

    /** One part after the other, with nothing between them. */
    static AnswerGrammar sequence(AnswerGrammar... parts) {
        return new Sequence(List.of(parts));
    }

    /** One of several. */
    static AnswerGrammar either(AnswerGrammar... options) {
        return new Either(List.of(options));
    }

    /** The same again and again, see {@link Repeat}. */
    static AnswerGrammar repeat(AnswerGrammar grammar, int min, int max, String separator) {
        return new Repeat(grammar, min, max, separator);
    }

    /** The grammar or nothing. */
    static AnswerGrammar optional(AnswerGrammar grammar) {
        return new Repeat(grammar, 0, 1, "");
    }

    /** No constraint. Stands alone, never inside of another grammar. */
    record Free() implements AnswerGrammar {
        @Override
        public String definition() {
            return "free";
        }
    }

    /** One box. */
    record Box() implements AnswerGrammar {
        @Override
        public String definition() {
            return "box";
        }
    }

    /**
     * Boxes joined by {@code <delim>}.
     *
     * @param min 0 or more
     * @param max min to {@link #UNLIMITED}, at least 1
     */
    record Boxes(int min, int max) implements AnswerGrammar {
        public Boxes {
            Texts.requireTimes(min, max);
        }

        @Override
        public String definition() {
            return "boxes(" + Texts.times(min, max) + ")";
        }
    }

    /**
     * Phrases with a blank between them, each with its boxes or without any. A phrase has 1 to {@value #LONGEST_PHRASE} characters
     * and none of <code>&lt;{}&gt;</code>.
     *
     * @param min 0 or more
     * @param max min to {@link #UNLIMITED}, at least 1
     */
    record Phrases(int min, int max) implements AnswerGrammar {
        /** Characters of one phrase. */
        public static final int LONGEST_PHRASE = 200;

        public Phrases {
            Texts.requireTimes(min, max);
        }

        @Override
        public String definition() {
            return "phrases(" + Texts.times(min, max) + ")";
        }
    }

    /** Text some of whose phrases have boxes. */
    record GroundedText() implements AnswerGrammar {
        @Override
        public String definition() {
            return "grounded-text";
        }
    }

    /**
     * One of a closed set. The order of the texts does not matter to what is written.
     *
     * @param texts 1 to 10000; each 1 to 1000 characters, without blanks at its ends, control characters, {@link #CONTROL_WORDS},
     *     half surrogate pairs or U+2581, all different
     */
    record OneOf(List<String> texts) implements AnswerGrammar {
        private static final int MOST_TEXTS = 10_000;

        public OneOf {
            texts = List.copyOf(texts);
            if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
                throw new IllegalArgumentException(
                        "A closed set needs 1 to " + MOST_TEXTS + " texts, had " + texts.size());
            }
            Set<String> different = new HashSet<>();
            for (String text : texts) {
                Texts.requireWritable(text);
                if (text.isEmpty() || Texts.isBlank(text.charAt(0)) || Texts.isBlank(text.charAt(text.length() - 1))) {
                    throw new IllegalArgumentException(
                            "A text of a closed set has no blanks at its ends and is not empty, was \"" + text + "\"");
                }
                if (!different.add(text)) {
                    throw new IllegalArgumentException("The closed set has \"" + text + "\" twice; drop one.");
                }
            }
        }

        @Override
        public String definition() {
            return "one-of(" + texts.stream().map(Texts::quote).collect(Collectors.joining(",")) + ")";
        }
    }

    /**
     * A number in decimal digits, {@code -} in front if it is negative, no leading zeros: {@code 7}, {@code -12}, {@code 0.5}.
     *
     * @param min the smallest, -999999999999999 to 999999999999999
     * @param max the largest, min to 999999999999999
     * @param decimals at most this many digits after a point, 0 to 15; 0 leaves whole numbers
     */
    @SuppressWarnings("JavaLangClash") // the name is that of the JSON type, as in the results
    record Number(long min, long max, int decimals) implements AnswerGrammar {
        /** The largest bound, 15 digits: what a double holds exactly. */
        public static final long LARGEST = 999_999_999_999_999L;

        private static final int MOST_DECIMALS = 15;

        public Number {
            if (min > max || min < -LARGEST || max > LARGEST) {
                throw new IllegalArgumentException(
                        "A number needs -" + LARGEST + " <= min <= max <= " + LARGEST + ", was " + min + ".." + max);
            }
            if (decimals < 0 || decimals > MOST_DECIMALS) {
                throw new IllegalArgumentException("decimals must be in 0.." + MOST_DECIMALS + ", was " + decimals);
            }
        }

        @Override
        public String definition() {
            return "number(" + min + ".." + max + (decimals == 0 ? "" : "," + decimals) + ")";
        }
    }

    /**
     * Exactly this text.
     *
     * @param text 0 to 1000 characters, without control characters, {@link #CONTROL_WORDS}, half surrogate pairs or U+2581. Two
     *     neighbouring texts should not make up a control word between them
     */
    record Text(String text) implements AnswerGrammar {
        public Text {
            Texts.requireWritable(text);
        }

        @Override
        public String definition() {
            return "text(" + Texts.quote(text) + ")";
        }
    }

    /**
     * Any text of some length without control characters (so without line breaks) and without blanks but U+0020. It holds and
     * ends in no part of {@link #CONTROL_WORDS}.
     *
     * @param minCharacters at least this many characters that are not blanks, 0 to 100000
     * @param maxCharacters at most this many characters, minCharacters to {@link #UNLIMITED}, at least 1
     * @param excluded ASCII characters that do not occur; leaves at least one letter of {@code a} to {@code e}
     */
    record AnyText(int minCharacters, int maxCharacters, String excluded) implements AnswerGrammar {
        private static final int LARGEST_MIN = 100_000;

        public AnyText {
            if (minCharacters < 0 || minCharacters > LARGEST_MIN) {
                throw new IllegalArgumentException(
                        "minCharacters must be in 0.." + LARGEST_MIN + ", was " + minCharacters);
            }
            if (maxCharacters < Math.max(1, minCharacters)) {
                throw new IllegalArgumentException(
                        "maxCharacters must be at least " + Math.max(1, minCharacters) + ", was " + maxCharacters);
            }
            if (excluded.chars().anyMatch(c -> c > '~' || c < ' ')) {
                throw new IllegalArgumentException(
                        "Only printable ASCII characters can be excluded, was \"" + excluded + "\"");
            }
            if (Stream.of("a", "b", "c", "d", "e").allMatch(excluded::contains)) {
                throw new IllegalArgumentException(
                        "At least one letter of a to e must be left, excluded was \"" + excluded + "\"");
            }
        }

        @Override
        public String definition() {
            String different = excluded.chars()
                    .sorted()
                    .distinct()
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            return "any-text(" + Texts.times(minCharacters, maxCharacters) + "," + Texts.quote(different) + ")";
        }
    }

    /**
     * One part after the other, with nothing between them.
     *
     * @param parts at least one, none {@link Free}
     */
    record Sequence(List<AnswerGrammar> parts) implements AnswerGrammar {
        public Sequence {
            parts = Texts.requireParts(parts);
        }

        @Override
        public String definition() {
            return "sequence(" + Texts.definitions(parts) + ")";
        }
    }

    /**
     * One of several. Many texts are a closed set, {@link OneOf}, which may be far larger.
     *
     * @param options 1 to {@value #MOST_OPTIONS}, those of an option that is one of several itself counted in its place; none {@link Free}
     */
    record Either(List<AnswerGrammar> options) implements AnswerGrammar {
        /** Options that are told apart. */
        public static final int MOST_OPTIONS = 64;

        public Either {
            options = Texts.requireParts(options);
            Texts.requireFewOptions(options);
        }

        @Override
        public String definition() {
            return "either(" + Texts.definitions(options) + ")";
        }
    }

    /**
     * The same again and again.
     *
     * @param grammar what is written each time; never nothing, and not {@link Free}
     * @param min 0 or more
     * @param max min to {@link #UNLIMITED}, at least 1
     * @param separator stands between two; as in {@link Text}, may be empty
     */
    record Repeat(AnswerGrammar grammar, int min, int max, String separator) implements AnswerGrammar {
        public Repeat {
            Texts.requireParts(List.of(grammar));
            Texts.requireTimes(min, max);
            Texts.requireWritable(separator);
            if (Texts.mayBeEmpty(grammar)) {
                throw new IllegalArgumentException(
                        "What is repeated must write something each time; " + grammar.id() + " can be empty");
            }
        }

        @Override
        public String definition() {
            return "repeat(" + grammar.definition() + "," + Texts.times(min, max) + "," + Texts.quote(separator) + ")";
        }
    }
}
