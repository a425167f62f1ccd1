package io.sextant.tasks.declared;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The only answers a task has; models write them with other capitals, a full stop or quotes around them. Immutable. */
final class AnswerSet {
    private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}+-]+");

    private final Map<String, String> byPlainForm = new LinkedHashMap<>();

    AnswerSet(List<String> answers) {
        answers.forEach(answer -> byPlainForm.putIfAbsent(plain(answer), answer));
    }

    boolean isOpen() {
        return byPlainForm.isEmpty();
    }

    /** The answer of the set that the text says, in the set's own spelling. */
    Optional<String> match(String text) {
        return Optional.ofNullable(byPlainForm.get(plain(text)));
    }

    /**
     * Probabilities of the answers, from those of their spellings.
     *
     * @return in the set's order and own spelling; empty where nothing is known
     */
    Map<String, Double> joined(Map<String, Double> ofSpellings) {
        if (ofSpellings.isEmpty()) {
            return Map.of();
        }
        Map<String, Double> joined = new LinkedHashMap<>();
        byPlainForm.values().forEach(answer -> joined.put(answer, 0.0));
        ofSpellings.forEach((spelling, share) -> match(spelling)
                .ifPresent(answer -> joined.merge(answer, share, (sum, more) -> Math.min(1, sum + more))));
        return joined;
    }

    /** Ways to write the answers that all {@link #match}: as given, in small letters, and with a capital in front. */
    List<String> spellings() {
        Set<String> spellings = new LinkedHashSet<>();
        byPlainForm.forEach((plain, answer) -> {
            String text = answer.strip();
            String small = text.toLowerCase(Locale.ROOT);
            int first = small.offsetByCodePoints(0, 1);
            String capital = small.substring(0, first).toUpperCase(Locale.ROOT) + small.substring(first);
            Stream.of(text, small, capital)
                    .filter(spelling -> plain(spelling).equals(plain))
                    .forEach(spellings::add);
        });
        return List.copyOf(spellings);
    }

    static String plain(String text) {
        return NOT_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
