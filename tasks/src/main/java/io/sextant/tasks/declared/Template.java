package io.sextant.tasks.declared;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template cut into its parts. The words around the placeholders are the task's own; what fills them stays the user's.
 *
 * @param parts literal words, and placeholders in their braces
 */
record Template(List<String> parts) {
    static final String PROMPT = "{prompt}";
    static final String BOX = "{box}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z0-9][A-Za-z0-9_.-]*\\}");
    private static final String OF_HEADERS = "{header.";

    Template {
        parts = List.copyOf(parts);
    }

    /**
     * @param allowed placeholders, in their braces
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Template parse(String template, Set<String> allowed) {
        String text = template.strip();
        List<String> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String placeholder = matcher.group();
            if (!allowed.contains(placeholder)) {
                throw new IllegalArgumentException(unknown(placeholder, allowed));
            }
            if (parts.contains(placeholder)) {
                throw new IllegalArgumentException("It has " + placeholder + " twice; write it once.");
            }
            addLiteral(parts, text.substring(end, matcher.start()));
            parts.add(placeholder);
            end = matcher.end();
        }
        addLiteral(parts, text.substring(end));
        return new Template(parts);
    }

    private static String unknown(String placeholder, Set<String> allowed) {
        if (placeholder.startsWith(OF_HEADERS)) {
            String header = placeholder.substring(OF_HEADERS.length(), placeholder.length() - 1);
            return "It has " + placeholder + ", and the header is not declared; add headers: [" + header + "].";
        }
        return "It has the unknown placeholder " + placeholder + "; allowed are "
                + String.join(" and ", allowed.stream().sorted().toList()) + ".";
    }

    private static void addLiteral(List<String> parts, String literal) {
        if (!literal.isEmpty()) {
            parts.add(literal);
        }
    }

    static boolean isPlaceholder(String part) {
        return PLACEHOLDER.matcher(part).matches();
    }

    Set<String> placeholders() {
        Set<String> placeholders = new HashSet<>(parts);
        placeholders.removeIf(part -> !isPlaceholder(part));
        return placeholders;
    }

    boolean has(String placeholder) {
        return parts.contains(placeholder);
    }

    boolean isBlank() {
        return parts.stream().allMatch(String::isBlank);
    }

    /**
     * Its parts, one after another.
     *
     * @param words makes something of literal words
     * @param placeholder makes something of a placeholder
     */
    <T> List<T> fill(Function<String, T> words, Function<String, T> placeholder) {
        List<T> filled = new ArrayList<>();
        parts.forEach(part -> filled.add(isPlaceholder(part) ? placeholder.apply(part) : words.apply(part)));
        return filled;
    }
}
