package io.sextant.training.evaluation.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes answers comparable, as the scorer of VQA v2 does that the reference uses (vqaEval.py): without punctuation, digits for
 * number words, no articles, apostrophes where contractions have them.
 */
public final class AnswerNormaliser {
    private static final String PUNCTUATION = ";/[]\"{}()=+\\_-><@`,?!";
    private static final Pattern COMMA_IN_NUMBER = Pattern.compile("\\d,\\d");
    // The scorer removes no more than 32 full stops: it passes a flag where the count belongs.
    private static final int MOST_FULL_STOPS = 32;
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Map<String, String> DIGITS = Map.ofEntries(
            Map.entry("none", "0"),
            Map.entry("zero", "0"),
            Map.entry("one", "1"),
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"));
    private static final String CONTRACTED = """
            ain't aren't can't could've couldn't couldn't've didn't doesn't don't hadn't hadn't've hasn't haven't he'd he'd've
            he's how'd how'll how's isn't it'd it'd've it'll ma'am mightn't mightn't've might've mustn't must've needn't not've
            o'clock oughtn't 'ow's'at shan't she'd've should've shouldn't shouldn't've somebody'd've somebody'll somebody's
            someone'd someone'd've someone'll someone's something'd something'd've something'll that's there'd there'd've
            there're there's they'd they'd've they'll they're they've 'twas wasn't we'd've we've weren't what'll what're what's
            what've when's where'd where's where've who'd who'd've who'll who's who've why'll why're why's won't would've
            wouldn't wouldn't've y'all y'all'll y'all'd've you'd you'd've you'll you're you've
            """;
    private static final Map<String, String> CONTRACTIONS = contractions();

    private AnswerNormaliser() {}

    /** The answer in the form that is compared; may be empty. */
    public static String normalise(String answer) {
        String line = answer.replace('\n', ' ').replace('\t', ' ').strip();
        return withoutArticles(withoutPunctuation(line));
    }

    private static String withoutPunctuation(String text) {
        boolean hasCommaInNumber = COMMA_IN_NUMBER.matcher(text).find();
        String result = text;
        for (char mark : PUNCTUATION.toCharArray()) {
            boolean isAtWordEnd = text.contains(mark + " ") || text.contains(" " + mark);
            result = result.replace(String.valueOf(mark), isAtWordEnd || hasCommaInNumber ? "" : " ");
        }
        return withoutFullStops(result);
    }

    private static String withoutFullStops(String text) {
        StringBuilder result = new StringBuilder();
        int removed = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean isBeforeDigit = i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
            if (text.charAt(i) == '.' && !isBeforeDigit && removed < MOST_FULL_STOPS) {
                removed++;
            } else {
                result.append(text.charAt(i));
            }
        }
        return result.toString();
    }

    private static String withoutArticles(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
            String digits = DIGITS.getOrDefault(word, word);
            if (!digits.isEmpty() && !ARTICLES.contains(digits)) {
                words.add(CONTRACTIONS.getOrDefault(digits, digits));
            }
        }
        return String.join(" ", words);
    }

    /** Each contraction lacking any one of its apostrophes becomes the contraction. */
    private static Map<String, String> contractions() {
        Map<String, String> contractions = new HashMap<>();
        for (String word : CONTRACTED.strip().split("\\s+")) {
            for (int i = word.indexOf('\''); i >= 0; i = word.indexOf('\'', i + 1)) {
                contractions.put(word.substring(0, i) + word.substring(i + 1), word);
            }
        }
        // The scorer's table has this one the wrong way round.
        contractions.put("somebody'd", "somebodyd");
        return contractions;
    }
}
