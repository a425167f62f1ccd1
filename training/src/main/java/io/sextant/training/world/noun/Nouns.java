package io.sextant.training.world.noun;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The nouns in the order of their list, and how to find one by what it is called.
 *
 * @param list in the order of their indices
 */
public record Nouns(List<Noun> list) {
    private static final String NONE = "-";

    public Nouns {
        list = List.copyOf(list);
    }

    /** The nouns of the generated world. */
    public static Nouns load() {
        Map<String, String[]> traits = new HashMap<>();
        rows("noun-traits.tsv", 3).forEach(row -> traits.put(row[0], row));
        List<Noun> nouns = new ArrayList<>();
        for (String[] row : rows("world-nouns.tsv", 4)) {
            String[] trait = Objects.requireNonNull(traits.get(row[0]), "no traits of " + row[0]);
            nouns.add(new Noun(nouns.size(), row[0], row[1], row[2], row[3], known(trait[1]), known(trait[2])));
        }
        return new Nouns(nouns);
    }

    /** The first nouns of the list only. */
    public Nouns first(int count) {
        return new Nouns(list.subList(0, Math.min(count, list.size())));
    }

    /** The noun with this name. */
    public Noun named(String name) {
        return list.stream()
                .filter(noun -> noun.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no noun of this world"));
    }

    /** The noun that a name or a plural, in lower case and without an article, says. */
    public Optional<Noun> said(String words) {
        return list.stream()
                .filter(noun -> noun.name().equals(words) || noun.plural().equals(words))
                .findFirst();
    }

    private static String known(String trait) {
        return trait.equals(NONE) ? "" : trait;
    }

    private static List<String[]> rows(String resource, int columns) {
        try (InputStream in = Objects.requireNonNull(Nouns.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .peek(row -> requireColumns(resource, row, columns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireColumns(String resource, String[] row, int columns) {
        if (row.length != columns) {
            throw new IllegalStateException(resource + " needs " + columns + " columns: " + String.join(" | ", row));
        }
    }
}
