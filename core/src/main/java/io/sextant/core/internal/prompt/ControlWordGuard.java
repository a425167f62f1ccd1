package io.sextant.core.internal.prompt;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps words that are not trusted, a user's or an earlier answer's, from becoming control words.
 *
 * <p>The rule: wherever a control word would stand that untrusted text wrote, wholly or in part, one blank is put after its
 * opening bracket; where that bracket and more belong to trusted text, before the first untrusted character. This is repeated
 * until no such word is left. Control words are {@code <s>}, {@code </s>}, {@code <unk>}, {@code <ImageHere>}, {@code <Img>},
 * {@code </Img>}, {@code [INST]}, {@code [/INST]}, {@code <<SYS>>}, {@code <</SYS>>} and every known task identifier in square
 * brackets; upper and lower case are the same, and characters that show nothing (format and control characters, combining
 * marks) between their letters do not count. All other text stays as it is, character by character.
 *
 * <p>Independent of this rule, untrusted text is never encoded to a special id: {@link PromptWriter} places those itself.
 * Immutable and thread-safe.
 */
final class ControlWordGuard {
    private static final List<String> FORM = List.of(
            "<s>", "</s>", "<unk>", "<ImageHere>", "<Img>", "</Img>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>");
    private static final List<String> TASKS = List.of("vqa", "caption", "grounding", "refer", "identify", "detection");

    private final List<String> words;

    private ControlWordGuard(Collection<String> taskIdentifiers) {
        Set<String> all = new LinkedHashSet<>();
        FORM.forEach(word -> all.add(word.toLowerCase(Locale.ROOT)));
        TASKS.forEach(name -> all.add("[" + name + "]"));
        taskIdentifiers.forEach(name -> all.add("[" + name.toLowerCase(Locale.ROOT) + "]"));
        this.words = List.copyOf(all);
    }

    /** Guards the form's words, the six tasks' identifiers, the given ones and those the turns use. */
    static ControlWordGuard of(Set<String> taskIdentifiers, List<Turn> turns) {
        List<String> names = new ArrayList<>(taskIdentifiers);
        for (Turn turn : turns) {
            for (PromptSegment segment : turn.question()) {
                if (segment instanceof PromptSegment.TaskIdentifier identifier) {
                    names.add(identifier.name());
                }
            }
        }
        return new ControlWordGuard(names);
    }

    /** The text with every control word broken that is not wholly trusted. */
    String apply(GuardedText text) {
        GuardedText guarded = text;
        BitSet blanks = blanksNeeded(guarded);
        while (!blanks.isEmpty()) {
            guarded = guarded.withBlanksAt(blanks);
            blanks = blanksNeeded(guarded);
        }
        return guarded.toString();
    }

    /** Half surrogate pairs replaced by U+FFFD, as they would be when encoded. */
    static String wellFormed(String text) {
        boolean isWellFormed = text.codePoints().noneMatch(ControlWordGuard::isLoneSurrogate);
        if (isWellFormed) {
            return text;
        }
        return text.codePoints()
                .map(point -> isLoneSurrogate(point) ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private BitSet blanksNeeded(GuardedText text) {
        BitSet places = new BitSet();
        int start = text.firstUntrusted(0);
        if (start == text.length()) {
            return places;
        }
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c != '<' && c != '[') {
                continue;
            }
            for (String word : words) {
                int end = matchEnd(text, i, word);
                int untrusted = text.firstUntrusted(i);
                if (end > untrusted) {
                    places.set(Math.max(i + 1, untrusted));
                }
            }
        }
        return places;
    }

    /** The place after a control word that stands here, or -1. */
    private static int matchEnd(GuardedText text, int start, String word) {
        int at = start;
        int matched = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (fold(point) == word.charAt(matched)) {
                matched++;
            } else if (!showsNothing(point)) {
                return -1;
            }
            at += Character.charCount(point);
            if (matched == word.length()) {
                return at;
            }
        }
        return -1;
    }

    private static int fold(int point) {
        return Character.toLowerCase(Character.toUpperCase(point));
    }

    private static boolean showsNothing(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.UNASSIGNED -> true;
            case Character.CONTROL -> !PythonText.isSpace((char) point);
            default ->
                // Fillers that are letters or symbols by their category, and blank on every screen.
                point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800;
        };
    }

    private static boolean isLoneSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
