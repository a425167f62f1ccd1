package io.sextant.training.evaluation;

import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Truth;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds nouns in what was written, singular or plural: those of the generated world, and those a data set brings. */
final class NounWords {
    private static final String WORD_BREAK = "[^\\p{L}\\p{N}'-]+";
    private static final int MOST_WORDS = 4;

    private final Map<String, String> nounOf = new HashMap<>();

    NounWords(Nouns nouns, Collection<Question> questions) {
        for (Noun noun : nouns.list()) {
            nounOf.put(noun.name(), noun.name());
            nounOf.put(noun.plural(), noun.name());
        }
        questions.forEach(question -> addAll(question.truth()));
    }

    /** The nouns said, each once, in order; longer names are preferred, so "ice cream" is not "cream". */
    Set<String> said(String text) {
        List<String> words = words(text);
        Set<String> said = new LinkedHashSet<>();
        int at = 0;
        while (at < words.size()) {
            int length = Math.min(MOST_WORDS, words.size() - at);
            while (length > 0 && !nounOf.containsKey(join(words, at, at + length))) {
                length--;
            }
            if (length > 0) {
                said.add(nounOf.getOrDefault(join(words, at, at + length), ""));
            }
            at += Math.max(1, length);
        }
        return said;
    }

    /** The head noun of a phrase: the noun it ends with, else its last word. */
    String head(String phrase) {
        List<String> words = words(phrase);
        for (int from = Math.max(0, words.size() - MOST_WORDS); from < words.size(); from++) {
            String noun = nounOf.get(join(words, from, words.size()));
            if (noun != null) {
                return noun;
            }
        }
        return words.isEmpty() ? "" : singular(words.get(words.size() - 1));
    }

    private void addAll(Truth truth) {
        if (truth instanceof Truth.Objects objects) {
            objects.nouns().forEach(this::add);
        } else if (truth instanceof Truth.Phrases phrases) {
            phrases.phrases().stream().map(GroundedPhrase::text).map(this::head).forEach(this::add);
        }
    }

    private void add(String noun) {
        String name = join(words(noun), 0, words(noun).size());
        if (!name.isEmpty() && !nounOf.containsKey(name)) {
            nounOf.put(name, name);
            for (String plural : List.of(name + "s", name + "es")) {
                nounOf.putIfAbsent(plural, name);
            }
        }
    }

    /** For words that are in no list: strips what most plurals end with. */
    private static String singular(String word) {
        boolean isPlural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
        return isPlural ? word.substring(0, word.length() - 1) : word;
    }

    private static List<String> words(String text) {
        List<String> words =
                new ArrayList<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split(WORD_BREAK)));
        words.removeIf(String::isEmpty);
        return words;
    }

    private static String join(List<String> words, int from, int to) {
        return String.join(" ", words.subList(from, to));
    }
}
