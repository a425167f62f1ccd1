package io.sextant.tasks.declared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads values of a declaration by their keys, and gathers what is wrong with them. */
final class DeclaredValues {
    private static final Pattern INDEXED = Pattern.compile("(.+)\\[(\\d{1,4})]");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private final Map<String, String> values;
    private final List<DeclarationFault> wrong = new ArrayList<>();

    DeclaredValues(Map<String, String> values) {
        this.values = values;
    }

    /** What is wrong so far. */
    List<DeclarationFault> wrong() {
        return wrong;
    }

    void wrong(String key, @Nullable String message) {
        wrong.add(new DeclarationFault(key, String.valueOf(message)));
    }

    @Nullable
    String text(String key) {
        return values.get(key);
    }

    String text(String key, String usual) {
        return values.getOrDefault(key, usual);
    }

    /** {@code answers=yes,no}, or {@code answers[0]=yes} for texts with commas in them. */
    List<String> list(String key) {
        String joined = values.get(key);
        Map<Integer, String> indexed = new TreeMap<>();
        values.forEach((name, value) -> {
            Matcher matcher = INDEXED.matcher(name);
            if (matcher.matches() && matcher.group(1).equals(key)) {
                indexed.put(Integer.parseInt(matcher.group(2)), value.strip());
            }
        });
        Stream<String> listed = joined == null ? Stream.empty() : Stream.of(joined.split(","));
        return Stream.concat(listed.map(String::strip), indexed.values().stream())
                .toList();
    }

    /** What stands below a key, by what is behind it. */
    Map<String, String> below(String prefix) {
        Map<String, String> below = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                below.put(key.substring(prefix.length()), value);
            }
        });
        return below;
    }

    /** The headers that a declaration names. */
    List<HeaderInput> headers() {
        List<HeaderInput> headers = new ArrayList<>();
        for (String text : list(DeclaredKeys.HEADERS)) {
            try {
                headers.add(HeaderInput.parse(text));
            } catch (IllegalArgumentException e) {
                wrong(DeclaredKeys.HEADERS, e.getMessage());
            }
        }
        return headers;
    }

    /** A whole number of at least {@code least}. */
    int number(String key, int usual, int least) {
        String text = values.get(key);
        if (text == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        wrong(key, "\"" + text + "\" must be a whole number of at least " + least + ".");
        return usual;
    }

    double fraction(String key, double usual, double most) {
        String text = values.get(key);
        if (text == null) {
            return usual;
        }
        try {
            double number = Double.parseDouble(text.strip());
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        wrong(key, "\"" + text + "\" must be a number in 0.." + most + ".");
        return usual;
    }

    Duration duration(String key, Duration usual) {
        String text = values.get(key);
        if (text == null) {
            return usual;
        }
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            wrong(key, "\"" + text + "\" must be a time of more than 0, such as 30s, 2m or 1h.");
            return usual;
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    <T> T choice(String key, T usual, T[] choices, Function<T, String> name) {
        String text = values.get(key);
        if (text == null) {
            return usual;
        }
        List<String> allowed = new ArrayList<>();
        for (T choice : choices) {
            String written = name.apply(choice).toLowerCase(Locale.ROOT);
            if (written.equalsIgnoreCase(text.strip())) {
                return choice;
            }
            allowed.add(written);
        }
        wrong(key, "\"" + text + "\" must be one of " + allowed + ".");
        return usual;
    }
}
