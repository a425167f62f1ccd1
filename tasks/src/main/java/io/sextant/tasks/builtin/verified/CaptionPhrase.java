package io.sextant.tasks.builtin.verified;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phrase of a caption that names a thing to look for.
 *
 * @param text as it stands in the caption: {@code two red cups}
 * @param end index after its last character in the caption
 */
record CaptionPhrase(String text, int end) {
    /*
     * No parser: a caption is cut at punctuation and at words that stand between things (prepositions, conjunctions, forms of "to be"
     * and a few verbs captions are full of). What is left between two cuts is a phrase, unless it names no thing but a place in the
     * image or nothing at all.
     */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'-]*|[^\\s\\p{L}\\p{N}]");
    private static final Set<String> CUTS =
            Set.of((" and or with without on in at of to from by near beside behind under below above"
                            + " over next into onto inside outside between among around through across along against down up off toward"
                            + " towards for about as while where which who that this these those it its his her their there here is are was"
                            + " were be been being has have had can not no he she they sits sit stands stand lies lie holds hold wears wear"
                            + " rides ride walks walk runs run looks look plays play eats eat sitting standing lying holding wearing riding"
                            + " walking running looking playing eating hanging growing flying parked seated filled covered surrounded made"
                            + " shows show depicts contains contain")
                    .strip()
                    .split(" "));
    private static final Set<String> EMPTY =
            Set.of("a an the one two three four five six seven eight nine ten some several many few".split(" "));
    private static final Set<String> PLACES =
            Set.of(("image picture photo photograph scene view background foreground front back side"
                            + " top bottom middle center centre left right corner edge group couple pair bunch lot set row variety")
                    .split(" "));

    /** In their order. */
    static List<CaptionPhrase> of(String caption) {
        List<CaptionPhrase> phrases = new ArrayList<>();
        Matcher word = WORD.matcher(caption);
        int start = -1;
        int end = -1;
        while (word.find()) {
            String lower = word.group().toLowerCase(Locale.ROOT);
            boolean isCut = CUTS.contains(lower) || !Character.isLetterOrDigit(lower.codePointAt(0));
            if (isCut) {
                add(phrases, caption, start, end);
                start = -1;
            } else {
                start = start < 0 ? word.start() : start;
                end = word.end();
            }
        }
        add(phrases, caption, start, end);
        return phrases;
    }

    private static void add(List<CaptionPhrase> phrases, String caption, int start, int end) {
        if (start >= 0 && isThing(caption.substring(start, end))) {
            phrases.add(new CaptionPhrase(caption.substring(start, end), end));
        }
    }

    private static boolean isThing(String phrase) {
        List<String> words = List.of(phrase.toLowerCase(Locale.ROOT).split("\\s+"));
        String head = words.get(words.size() - 1);
        return !PLACES.contains(head) && !EMPTY.contains(head);
    }
}
