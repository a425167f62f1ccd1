package io.sextant.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The nouns a prompt asks for: {@code dog, two cats and a car}. A sentence asks for no nouns of its own; what comes back is
 * only held against its words.
 *
 * @param nouns without articles and numbers, as they were written; empty for a sentence
 * @param prompt all of it
 */
record AskedNouns(List<String> nouns, String prompt) {
    private static final String SEPARATOR = "(?i)[,;\\n\\u3001]|\\s(?:and|or|&|\\+)\\s";
    private static final int MOST_WORDS = 3;
    private static final int SHORTEST_PLURAL = 4;
    private static final Set<String> NOT_THE_NOUN = Set.of(
            "a", "an", "the", "any", "all", "every", "each", "some", "one", "two", "three", "four", "five", "six",
            "seven", "eight", "nine", "ten", "and", "or");
    private static final Map<String, String> IRREGULAR = Map.of(
            "mice",
            "mouse",
            "men",
            "man",
            "women",
            "woman",
            "people",
            "person",
            "children",
            "child",
            "geese",
            "goose",
            "feet",
            "foot",
            "teeth",
            "tooth",
            "leaves",
            "leaf");

    AskedNouns {
        nouns = List.copyOf(nouns);
    }

    static AskedNouns of(String prompt) {
        List<String> nouns = new ArrayList<>();
        for (String part : prompt.split(SEPARATOR)) {
            List<String> words = words(part);
            if (words.size() > MOST_WORDS) {
                return new AskedNouns(List.of(), prompt);
            }
            String noun = String.join(" ", words);
            if (!noun.isEmpty() && !nouns.contains(noun)) {
                nouns.add(noun);
            }
        }
        return new AskedNouns(nouns, prompt);
    }

    /** Whether a phrase that came back names this noun; one without words does where nothing else was asked for. */
    boolean names(String noun, String phrase) {
        if (phrase.isBlank()) {
            return nouns.size() == 1;
        }
        List<String> asked = words(noun);
        List<String> answered = words(phrase);
        return isWithin(asked, answered) || (!answered.isEmpty() && isWithin(answered, asked));
    }

    /** Whether a phrase that came back consists of words that were asked for. */
    boolean mentions(String phrase) {
        return phrase.isBlank()
                || nouns.stream().anyMatch(noun -> names(noun, phrase))
                || isWithin(words(phrase), words(prompt));
    }

    private static boolean isWithin(List<String> few, List<String> many) {
        return few.stream().allMatch(word -> many.stream().anyMatch(other -> isSame(word, other)));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}'-]+"))
                .filter(word -> !word.isEmpty() && !NOT_THE_NOUN.contains(word))
                .toList();
    }

    /** Whether two words are the same but for the plural. */
    private static boolean isSame(String one, String other) {
        Set<String> forms = forms(one);
        forms.retainAll(forms(other));
        return !forms.isEmpty();
    }

    private static Set<String> forms(String word) {
        Set<String> forms = new HashSet<>();
        forms.add(word);
        forms.add(IRREGULAR.getOrDefault(word, word));
        if (word.length() >= SHORTEST_PLURAL && word.endsWith("s") && !word.endsWith("ss")) {
            forms.add(withoutEnd(word, 1));
            if (word.endsWith("ies")) {
                forms.add(withoutEnd(word, 3) + "y");
            }
            if (word.endsWith("ves")) {
                forms.add(withoutEnd(word, 3) + "f");
                forms.add(withoutEnd(word, 3) + "fe");
            }
            if (word.endsWith("es")) {
                forms.add(withoutEnd(word, 2));
            }
        }
        return forms;
    }

    private static String withoutEnd(String word, int count) {
        return word.substring(0, word.length() - count);
    }
}
