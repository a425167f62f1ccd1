package io.sextant.core.internal.grammar;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.grammar.AnswerGrammar;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A grammar and what says by other means whether a text is one of its.
 *
 * @param grammar the grammar
 * @param isText an oracle for whole answers without control words, blanks at the ends stripped
 * @param seeds some of its texts
 */
record GrammarCase(AnswerGrammar grammar, Predicate<String> isText, List<String> seeds) {
    private static final String BOX = "\\{<(?:0|[1-9]\\d?|100)>(?:<(?:0|[1-9]\\d?|100)>){3}\\}";
    private static final String BOXES = BOX + "(?:<delim>" + BOX + ")*";
    /** No beginning of a control word stands before here. */
    private static final String CLEAR = "(?<!</?s?|\\[(?:/(?:I(?:N(?:ST?)?)?)?)?)";

    private static final String WORDS = "(?=[^<]*[^ <])[^<{}>\\p{Cntrl}]{1,200}" + CLEAR;
    private static final String PHRASE = "<p>" + WORDS + "</p>(?: " + BOXES + ")?";
    private static final String BOX_TEXT = "{<10><20><30><100>}";
    private static final String PHRASE_TEXT = "<p>a red cup</p> {<1><2><3><4>}<delim>{<0><0><0><0>}";

    static List<GrammarCase> all() {
        return List.of(
                new GrammarCase(AnswerGrammar.box(), boxes(BOX), List.of(BOX_TEXT, "{<7><55><21><80>}")),
                new GrammarCase(
                        AnswerGrammar.boxes(1, 3),
                        boxes(BOX + "(?:<delim>" + BOX + "){0,2}"),
                        List.of(BOX_TEXT, BOX_TEXT + "<delim>" + BOX_TEXT)),
                new GrammarCase(
                        AnswerGrammar.boxes(2, AnswerGrammar.UNLIMITED),
                        boxes(BOX + "(?:<delim>" + BOX + ")+"),
                        List.of(BOX_TEXT + "<delim>" + BOX_TEXT)),
                new GrammarCase(
                        AnswerGrammar.phrases(1, AnswerGrammar.UNLIMITED),
                        boxes(PHRASE + "(?: " + PHRASE + ")*"),
                        List.of(PHRASE_TEXT, "<p>cup</p> " + PHRASE_TEXT + " <p>owl</p>")),
                new GrammarCase(
                        AnswerGrammar.phrases(0, 2),
                        boxes("(?:" + PHRASE + "(?: " + PHRASE + ")?)?"),
                        List.of("", PHRASE_TEXT)),
                new GrammarCase(
                        AnswerGrammar.groundedText(),
                        GrammarCase::isGroundedText,
                        List.of(PHRASE_TEXT, PHRASE_TEXT + ", " + PHRASE_TEXT + " and more", "a cup")),
                set("red", "green", "dark green", "bluish grün", "2", "$$"),
                set("yes", "no"),
                set("a", "ab", "abc", "abcdefgh"),
                number(0, 100, 0),
                number(-12, 7, 0),
                number(35, 12345, 2),
                number(-999_999_999_999_999L, 999_999_999_999_999L, 15),
                new GrammarCase(
                        AnswerGrammar.sequence(
                                AnswerGrammar.text("size "),
                                AnswerGrammar.either(AnswerGrammar.number(1, 12), AnswerGrammar.text("unknown")),
                                AnswerGrammar.optional(AnswerGrammar.text(" cm")),
                                AnswerGrammar.text("; "),
                                AnswerGrammar.anyText(20, ";")),
                        text -> text.matches(
                                "size (?:[1-9]|1[0-2]|unknown)(?: cm)?; (?=.*[^ ])[^;\\p{Cntrl}]{1,20}" + CLEAR),
                        List.of("size 12 cm; as it seems", "size unknown; x")),
                new GrammarCase(
                        AnswerGrammar.repeat(
                                AnswerGrammar.sequence(
                                        AnswerGrammar.anyText(12, ",=<[>"),
                                        AnswerGrammar.text("="),
                                        AnswerGrammar.oneOf(List.of("on", "off"))),
                                1,
                                3,
                                ", "),
                        text -> text.matches("(?:(?=[^=]*[^ =])[^,=<\\[>\\p{Cntrl}]{1,12}=(?:on|off)(?:, |$)){1,3}")
                                && !text.endsWith(", ")
                                && !text.endsWith(","),
                        List.of("lamp=on, fan=off", "a=on")),
                new GrammarCase(
                        AnswerGrammar.sequence(AnswerGrammar.anyText(30, ""), AnswerGrammar.text(" end")),
                        text -> text.matches("(?=.*[^ ].* end)[^\\p{Cntrl}]{1,30}" + CLEAR + " end"),
                        List.of("well [then] end", "so <much> end end")));
    }

    private static GrammarCase set(String... texts) {
        return new GrammarCase(AnswerGrammar.oneOf(List.of(texts)), List.of(texts)::contains, List.of(texts));
    }

    private static GrammarCase number(long min, long max, int decimals) {
        Pattern form = Pattern.compile(
                decimals == 0 ? "-?(?:0|[1-9]\\d*)" : "-?(?:0|[1-9]\\d*)(?:\\.\\d{1," + decimals + "})?");
        return new GrammarCase(
                new AnswerGrammar.Number(min, max, decimals),
                text -> form.matcher(text).matches()
                        && !text.equals("-0")
                        && new BigDecimal(text).compareTo(BigDecimal.valueOf(min)) >= 0
                        && new BigDecimal(text).compareTo(BigDecimal.valueOf(max)) <= 0,
                List.of(String.valueOf(min), String.valueOf(max)));
    }

    private static boolean isGroundedText(String text) {
        AnnotatedText parsed = AnnotatedText.parse(text);
        boolean isWhole = parsed.malformed().isEmpty() && !text.contains("</p><p>") && !text.contains("}<p>");
        return isWhole
                && !text.isEmpty()
                && text.replaceAll(CLEAR + PHRASE, "").matches("[^<{}>\\p{Cntrl}]*" + CLEAR)
                && parsed.spans().stream().noneMatch(AnnotatedText.BareBoxes.class::isInstance);
    }

    private static Predicate<String> boxes(String form) {
        Pattern pattern = Pattern.compile(form);
        return text -> pattern.matcher(text).matches()
                && AnnotatedText.parse(text).malformed().isEmpty();
    }

    /** Whether a whole answer, blanks at its ends stripped, is one of the grammar's. */
    boolean has(String text) {
        return AnswerGrammar.CONTROL_WORDS.stream().noneMatch(text::contains) && isText.test(text);
    }

    @Override
    public String toString() {
        return grammar.id();
    }
}
