package io.sextant.tasks;

import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was looked for and how often it was found, in words for people: nothing found must not look like something found, nor one
 * thing like another.
 *
 * @param items in the order they were asked for, then what came back without having been asked for
 */
public record Findings(List<Item> items) {
    /** Tasks whose words say how to describe the image, not what to find in it. */
    private static final Set<String> DESCRIPTIONS = Set.of("grounding", "verified-caption");

    private static final String NAMELESS = "without a name";

    public Findings {
        items = List.copyOf(items);
    }

    /**
     * One thing.
     *
     * @param name as it was asked for or came back; where it was not asked for, it says so
     * @param boxes how many, 0 or more
     */
    public record Item(String name, int boxes) {
        public Item {
            Objects.requireNonNull(name, "name");
            if (boxes < 0) {
                throw new IllegalArgumentException("boxes must be 0 or more, was " + boxes);
            }
        }

        @Override
        public String toString() {
            return name + ": " + count("", boxes);
        }
    }

    /** What an outcome found; no items where its result is not about places, or nothing definite was looked for. */
    public static Findings of(TaskOutcome outcome) {
        if (outcome.result() instanceof TaskResult.Boxes found
                && !outcome.prompt().isEmpty()) {
            return new Findings(List.of(new Item(outcome.prompt(), found.boxes().size())));
        }
        if (outcome.result() instanceof TaskResult.Phrases found && isSearch(outcome)) {
            return new Findings(search(AskedNouns.of(outcome.prompt()), found.phrases()));
        }
        return new Findings(List.of());
    }

    /**
     * What to write on a phrase's boxes: the phrase, and where something else was asked for, what.
     *
     * @param phrase of the outcome's result
     */
    public static String label(TaskOutcome outcome, LocatedPhrase phrase) {
        return isSearch(outcome) ? label(AskedNouns.of(outcome.prompt()), phrase, phrases(outcome)) : phrase.text();
    }

    /** All on one line: {@code dog: none, elephant: 2 boxes}; empty if there are no items. */
    public String summary() {
        return items.stream().map(Item::toString).collect(Collectors.joining(", "));
    }

    /** {@code no boxes}, {@code 1 box}, {@code 2 boxes}. */
    public static String count(int boxes) {
        return count("no boxes", boxes);
    }

    private static String count(String zero, int boxes) {
        if (boxes == 0) {
            return zero.isEmpty() ? "none" : zero;
        }
        return boxes == 1 ? "1 box" : boxes + " boxes";
    }

    private static boolean isSearch(TaskOutcome outcome) {
        return !outcome.prompt().isEmpty() && !DESCRIPTIONS.contains(outcome.task());
    }

    private static List<LocatedPhrase> phrases(TaskOutcome outcome) {
        return outcome.result() instanceof TaskResult.Phrases found ? found.phrases() : List.of();
    }

    private static List<Item> search(AskedNouns asked, List<LocatedPhrase> phrases) {
        List<Item> items = new ArrayList<>();
        for (String noun : asked.nouns()) {
            int boxes = phrases.stream()
                    .filter(phrase -> asked.names(noun, phrase.text()))
                    .mapToInt(phrase -> phrase.boxes().size())
                    .sum();
            items.add(new Item(noun, boxes));
        }
        List<String> told = new ArrayList<>();
        for (LocatedPhrase phrase : phrases) {
            boolean isCounted = asked.nouns().stream().anyMatch(noun -> asked.names(noun, phrase.text()));
            if (!isCounted && !told.contains(phrase.text())) {
                told.add(phrase.text());
                int boxes = phrases.stream()
                        .filter(other -> other.text().equals(phrase.text()))
                        .mapToInt(other -> other.boxes().size())
                        .sum();
                items.add(new Item(label(asked, phrase, phrases), boxes));
            }
        }
        return items;
    }

    private static String label(AskedNouns asked, LocatedPhrase phrase, List<LocatedPhrase> phrases) {
        String name = phrase.text().isEmpty() ? NAMELESS : phrase.text();
        if (asked.mentions(phrase.text())) {
            return name;
        }
        List<String> missing = asked.nouns().stream()
                .filter(noun -> phrases.stream().noneMatch(other -> asked.names(noun, other.text())))
                .toList();
        return name + (missing.size() == 1 ? " (asked: " + missing.get(0) + ")" : " (not asked for)");
    }
}
