package io.sextant.training.world.language;

import io.sextant.training.world.noun.Noun;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How things are put into words: counts, lists, and the small liberties people take when they type. */
final class Wording {
    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final double CAPITAL_CHANCE = 0.25;
    private static final double BARE_CHANCE = 0.25;

    private Wording() {}

    /** A number in words, up to ten. */
    static String number(int value) {
        return NUMBERS.get(value);
    }

    /** Such as {@code a dog} or {@code two dogs}. */
    static String counted(Noun noun, int count) {
        return count == 1 ? noun.one() : number(count) + " " + noun.plural();
    }

    /** Such as {@code a, b and c}. */
    static String list(List<String> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }

    /** A question as it might be typed: sometimes with a capital, sometimes without its question mark. */
    static String question(String question, RandomGenerator random) {
        boolean isBare = random.nextDouble() < BARE_CHANCE;
        String words = isBare && question.endsWith("?") ? question.substring(0, question.length() - 1) : question;
        return maybeCapital(words, random);
    }

    /** An expression as it might be typed: sometimes with a capital, sometimes without its article. */
    static String expression(String expression, RandomGenerator random) {
        boolean isBare = random.nextDouble() < BARE_CHANCE;
        String words = isBare && expression.startsWith("the ") ? expression.substring("the ".length()) : expression;
        return maybeCapital(words, random);
    }

    static String maybeCapital(String words, RandomGenerator random) {
        boolean isCapital = random.nextDouble() < CAPITAL_CHANCE;
        return isCapital ? words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) : words;
    }

    /** One of several. */
    static <T> T oneOf(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
